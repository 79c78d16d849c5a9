package gatehouse

import gatehouse.core.Fix
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread

/**
 * A real `gatehouse serve` with a small organisation: three gates, a guard who works at the first and at the third,
 * and a member. Only the third knows where it lies, and takes scans from nowhere else. Not [furnished] it has nobody.
 */
class Server(
    private val data: Path,
    furnished: Boolean = true,
) : AutoCloseable {
    private var process = start(0)
    private val lines = LinkedBlockingQueue<String>()
    private val log = StringBuffer()

    /** Its address. */
    val url: String

    init {
        url = listening()
        if (furnished) furnish()
    }

    private fun furnish() {
        local("site", "add", "--name", "Main gate")
        local("site", "add", "--name", "Back gate")
        local("site", "add", "--name", "River gate", "--location", "52.370216,4.895168,100", "--geofence", "block")
        for ((email, role, name) in listOf(Triple(GUARD, "guard", "Grace"), Triple(MEMBER, "member", "Mia"))) {
            local("user", "add", "--email", email, "--role", role, "--name", name)
        }
        local("user", "assign", GUARD, "--site", "1", "--site", "3")
        local("user", "assign", MEMBER, "--site", "1")
    }

    /** Runs a local command on its data and gives the JSON that it prints. */
    fun local(vararg arguments: String): String {
        val command = listOf(BINARY) + arguments + listOf("--data", data.toString(), "--json")
        val run = ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start()
        val output = run.inputStream.readBytes().decodeToString()
        check(run.waitFor() == 0) { "$command: $output" }
        return output
    }

    /** The text of a fresh enrolment code. */
    fun enrolmentCode(): String = local("device", "code", "--url", url).text("code")

    /** What the organisation shows to its members. */
    fun memberCode(): String = local("member-code", "--url", url).text("code")

    /** Invites a visitor to the first gate. */
    fun invite(
        name: String,
        vararg more: String,
    ): Invited {
        val made = local("invitation", "add", "--name", name, "--site", "1", *more)
        return Invited(made.text("id"), made.text("code"))
    }

    /** Draws the code of an invitation as a PNG. */
    fun picture(invited: Invited): ByteArray {
        val file = Files.createTempFile(data, "code", ".png")
        local("pass", "issue", "--invitation", invited.id, "--png", file.toString())
        return Files.readAllBytes(file)
    }

    /** The last one-time code that it would have sent. */
    fun oneTimeCode(email: String = GUARD): String {
        val code = Regex("""one-time code for ${Regex.escape(email)}: (\d{6})""")
        repeat(200) {
            code.findAll(log).lastOrNull()?.let { return it.groupValues[1] }
            Thread.sleep(50)
        }
        error("no one-time code in the log:\n$log")
    }

    /** Ends it without warning. */
    fun kill() {
        process.destroyForcibly().waitFor()
    }

    /** Starts it again after [kill], where it was. */
    fun restart() {
        lines.clear()
        process = start(url.substringAfterLast(':').toInt())
        listening()
    }

    /** Connections are taken, but nothing is answered, until [thaw]. */
    fun freeze() = signal("STOP")

    fun thaw() = signal("CONT")

    override fun close() = kill()

    private fun signal(name: String) {
        check(ProcessBuilder("kill", "-$name", process.pid().toString()).start().waitFor() == 0)
    }

    private fun start(port: Int): Process =
        ProcessBuilder(
            listOf(BINARY, "serve", "--org", "oak", "--name", "Oakwood", "--data", data.toString()) +
                listOf("--listen", "127.0.0.1:$port"),
        ).redirectErrorStream(true).start()

    private fun listening(): String {
        val output = process.inputStream.bufferedReader()
        thread(isDaemon = true) {
            output.forEachLine {
                log.append(it).append('\n')
                lines.add(it)
            }
        }
        while (true) {
            val line = lines.poll(60, TimeUnit.SECONDS) ?: error("the server does not tell its address:\n$log")
            Regex("""http://127\.0\.0\.1:\d+""").find(line)?.let { return it.value }
        }
    }

    companion object {
        const val GUARD = "guard@oakwood.example"
        const val MEMBER = "mia@oakwood.example"
        val AT_RIVER_GATE = Fix(52_370_300, 4_895_200, 8u)
        val FAR_AWAY = Fix(52_380_000, 4_895_200, 8u)
        private val BINARY: String = checkNotNull(System.getenv("GATEHOUSE_BIN")) { "GATEHOUSE_BIN is not set" }
    }
}

/** An invitation, and the text of its code. */
class Invited(
    val id: String,
    val code: String,
)

/** The text of a field in JSON that the command line printed. */
fun String.text(field: String): String {
    val found = Regex(""""$field":\s*"((?:[^"\\]|\\.)*)"""").find(this)
    val quoted = checkNotNull(found) { "no $field in $this" }.groupValues[1]
    return quoted.replace(Regex("""\\(["\\/])"""), "$1")
}
