package gatehouse

import com.google.gson.JsonElement
import com.google.gson.JsonObject
import com.google.gson.JsonParser
import gatehouse.core.CameraUse
import gatehouse.core.CheckState
import gatehouse.core.Effect
import gatehouse.core.Fix
import gatehouse.core.GuardScreens
import gatehouse.core.Input
import gatehouse.core.Moment
import gatehouse.core.Says
import gatehouse.core.Screen
import gatehouse.core.ScreenButton
import gatehouse.core.ScreenPicture
import gatehouse.core.drawCode
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.Path

/**
 * A guard's phone at a real server, as `tests/scenarios` tells it, drawn and tapped as a shell does. What each screen
 * shows is kept there by the core alone, without these bindings.
 */
class ScenarioTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `a day of a guard shows what is kept`() = play("guard-day")

    @Test
    fun `the phone of a guard has the manners that are kept`() = play("guard-manners")

    private fun play(name: String) {
        val scenario = JsonParser.parseString(Files.readString(SCENARIOS.resolve("$name.json"))).asJsonObject
        Server(folder.resolve("server"), furnished = false).use { server ->
            val world = World(server, folder, scenario)
            val phone = ScreenedPhone(folder.resolve("phone"), world)
            val played = StringBuilder()
            for (told in scenario["steps"].asJsonArray.map { it.asJsonObject }) {
                told["do"].asJsonArray.forEach(phone::does)
                played.append("## ${told.word("step")}\n${replaced(phone.drawn())}\n")
                phone.holds(told["then"].asJsonObject, told.word("step"))
            }
            phone.close()
            assertEquals(Files.readString(SCENARIOS.resolve("kept/$name.txt")), played.toString())
        }
    }
}

private val SCENARIOS: Path = Path.of(checkNotNull(System.getenv("GATEHOUSE_SCENARIOS")))
private val REPLACED: List<Pair<Regex, String>> =
    JsonParser
        .parseString(Files.readString(SCENARIOS.resolve("replace.json")))
        .asJsonArray
        .map { Regex(it.asJsonArray[0].asString) to it.asJsonArray[1].asString }

/** What is another one each time stands as a word. */
private fun replaced(text: String): String = REPLACED.fold(text) { said, (rule, by) -> rule.replace(said, by) }

private fun JsonObject.word(name: String): String = this[name].asString

private fun JsonElement.words(): List<String> = asJsonArray.map { it.asString }

/** The server, and the codes that people hold. */
private class World(
    val server: Server,
    private val folder: Path,
    scenario: JsonObject,
) {
    private val codes = scenario["codes"].asJsonObject
    private val made = mutableMapOf<String, String>()

    init {
        scenario["set_up"].asJsonArray.forEach { run(it.words()) }
        for ((name, code) in codes.entrySet()) {
            val command = code.asJsonObject["at_first"] ?: continue
            made[name] = run(command.words()).text("code")
        }
    }

    fun fill(text: String): String {
        val address = Regex("""\{one_time_code:(.*)\}""").matchEntire(text)?.groupValues?.get(1)
        if (address != null) return server.oneTimeCode(address)
        return text.replace("{url}", server.url).replace("{folder}", folder.toString())
    }

    fun code(name: String): String {
        val code = codes[name].asJsonObject
        made[name]?.let { return it }
        code["text"]?.let { return it.asString }
        return run(code["fresh"].words()).text("code")
    }

    fun network(there: Boolean) = if (there) server.restart() else server.kill()

    private fun run(command: List<String>): String = server.local(*command.map(::fill).toTypedArray())
}

/** A phone that draws the screens and carries out what they ask for, one thing after another. */
private class ScreenedPhone(
    private val folder: Path,
    private val world: World,
) : AutoCloseable {
    private val secrets = Secrets()
    private val time = Time()
    private var screens = open()
    private var taken = 0uL

    init {
        take(Input.Tick)
    }

    override fun close() = screens.destroy()

    fun does(act: JsonElement) {
        if (act.isJsonPrimitive) return doesAtOnce(act.asString)
        val (word, what) = act.asJsonObject.entrySet().single()
        when (word) {
            "tap" -> tap(what.asString)
            "tap_twice" -> tap(what.asString, times = 2)
            "tap_at_once" -> tap(what.asString, beforeMs = 0)
            "hold" -> hold(what.asString)
            "hold_at_once" -> hold(what.asString, beforeMs = 0)
            "type" -> type(what.asJsonObject.word("field"), world.fill(what.asJsonObject.word("text")))
            "show" -> show(world.code(what.asString))
            "wait_ms" -> pass(what.asLong)
            "fix" -> take(Input.Place(fix(what.asJsonObject)))
            "camera" -> take(runs(what.asJsonObject))
            "network" -> network(what.asBoolean)
            else -> error("nobody knows how to $word")
        }
    }

    /** Checks what a person wrote down of the screen. */
    fun holds(
        then: JsonObject,
        step: String,
    ) {
        val screen = screens.screen()
        val told = "$step: $screen"
        then["kind"]?.let { assertEquals(it.asString, screen.kind.name.lowercase(), told) }
        then["title"]?.let { assertEquals(it.asString, replaced(screen.title), told) }
        then["status"]?.let { assertEquals(it.asString, screen.status?.text?.let(::replaced), told) }
        then["verdict"]?.let { assertEquals(it.asString, screen.verdict?.word, told) }
        val lines = screen.lines.map { replaced(it.text) }
        then["says"]?.words()?.forEach { assertTrue(it in lines, "it does not say $it: $told") }
        then["can"]?.words()?.forEach { assertNotNull(action(it), "there is no $it: $told") }
        then["cannot"]?.words()?.forEach { assertNull(action(it), "there is $it: $told") }
    }

    /** The screen as text, in the order in which it is read. */
    fun drawn(): String {
        val screen = screens.screen()
        val lines = mutableListOf("[${screen.kind.name.lowercase()}] ${screen.title}")
        screen.status?.let { lines.add("  ${if (it.warns) "!" else "~"} ${it.text}") }
        screen.verdict?.let { lines.add("  # ${it.word} ${it.shape.name.lowercase()}") }
        screen.lines.mapTo(lines) { "  ${mark(it.says)} ${it.text}" }
        screen.checks.mapTo(lines) { "  ? ${word(it.state)} ${it.label}: ${it.text}" }
        for (field in screen.fields) {
            lines.add("  _ ${field.label}: ${if (field.hidden) "*".repeat(field.text.length) else field.text}")
        }
        for (row in screen.rows) {
            lines.add("  ${if (row.marked) "*" else "|"} ${listOfNotNull(row.text, row.detail).joinToString(" / ")}")
        }
        screen.countdown?.let { lines.add("  % ${it.untilMs - it.fromMs} ms ${it.text.orEmpty()}") }
        screen.viewfinder?.let { lines.add("  o camera") }
        screen.picture?.let { lines.add(if (it is ScreenPicture.Face) "  o face" else "  o taken") }
        screen.busy?.let { lines.add("  … $it") }
        wanted(screen).let { if (it.isNotEmpty()) lines.add("  @ $it") }
        lines.add("  > ${screen.buttons.joinToString(" · ", transform = ::written)}")
        return lines.joinToString("\n", postfix = "\n")
    }

    private fun written(button: ScreenButton): String {
        val label = if (button.enabled) button.label else "(${button.label})"
        return "$label${if (button.held) " held" else ""} ${button.weight.name.lowercase()}"
    }

    private fun mark(says: Says): String =
        when (says) {
            Says.LEAD -> "="
            Says.TEXT -> "-"
            Says.WARNING, Says.PROBLEM -> "!"
            Says.SMALL -> "."
        }

    private fun word(state: CheckState): String = state.name.lowercase()

    private fun wanted(screen: Screen): String {
        val wanted = screen.wanted
        val camera = wanted.camera?.let { if (it == CameraUse.CODES) "camera codes" else "camera portrait" }
        val light = if (wanted.torch) "light" else null
        val place = if (wanted.place) "place" else null
        val awake = if (wanted.awake) "awake" else null
        return listOfNotNull(camera, light, place, awake).joinToString()
    }

    private fun doesAtOnce(word: String) {
        when (word) {
            "back" -> back()
            "walk_away" -> walkAway()
            "reopen" -> reopen()
            else -> error("nobody knows how to $word")
        }
    }

    private fun open() = GuardScreens.open(folder.toString(), secrets, time, "en", moment())

    private fun moment(): Moment {
        val now = time.read()
        return Moment(now.monotonicMs, now.wallMs, 0)
    }

    private fun take(input: Input) = carryOut(screens.take(moment(), input))

    private fun carryOut(effects: List<Effect>) {
        val due = ArrayDeque(effects)
        while (due.isNotEmpty()) {
            val effect = due.removeFirst()
            if (effect is Effect.Work) due.addAll(screens.carry(effect.id))
            if (effect is Effect.TakePhoto) due.addAll(screens.photo(moment(), ++taken, photo(180)))
        }
    }

    private fun pass(ms: Long) {
        time.passedMs += ms
        take(Input.Tick)
    }

    /** The action of the button or row that reads so, where it can be done now. */
    private fun action(label: String): String? {
        val screen = screens.screen()
        val button = screen.buttons.find { it.label == label && it.enabled }
        return button?.action ?: screen.rows.find { it.text == label }?.action
    }

    private fun mustBe(label: String): String = checkNotNull(action(label)) { "no $label on ${screens.screen()}" }

    private fun tap(
        label: String,
        beforeMs: Long = 350,
        times: Int = 1,
    ) {
        if (beforeMs > 0) pass(beforeMs)
        val screen = screens.screen().number
        val action = mustBe(label)
        repeat(times) { take(Input.Tap(screen, action)) }
    }

    private fun hold(
        label: String,
        beforeMs: Long = 1_100,
    ) {
        if (beforeMs > 0) pass(beforeMs)
        take(Input.Held(screens.screen().number, mustBe(label), 1_100u))
    }

    private fun type(
        label: String,
        text: String,
    ) {
        val screen = screens.screen()
        val field = checkNotNull(screen.fields.find { it.label == label }) { "no $label on $screen" }
        take(Input.Typed(screen.number, field.name, text))
    }

    private fun back() {
        pass(350)
        take(Input.Back)
    }

    /** Frames that show it until it is read. */
    private fun show(code: String) {
        val frame = Frame(1280, 720).showing(drawCode(code), 4)
        val before = screens.screen().number
        repeat(20) {
            see(frame)
            if (screens.screen().number != before) return
        }
        error("no code was read: ${screens.screen()}")
    }

    private fun walkAway() {
        time.passedMs += 2_100
        see(Frame(1280, 720))
    }

    private fun see(frame: Frame) {
        val (width, height) = frame.width.toUInt() to frame.height.toUInt()
        carryOut(screens.frame(moment(), frame.luma, width, height, frame.rowStride.toUInt(), 0u))
    }

    private fun fix(place: JsonObject): Fix {
        val accuracy = place["accuracy_m"].asInt.toUInt()
        return Fix(place["latitude_e6"].asInt, place["longitude_e6"].asInt, accuracy)
    }

    private fun runs(camera: JsonObject): Input {
        val torch = camera["torch"].asBoolean
        return Input.CameraRuns(torch, camera["another"].asBoolean)
    }

    private fun network(there: Boolean) {
        world.network(there)
        take(Input.Online(there))
    }

    private fun reopen() {
        screens.destroy()
        screens = open()
        take(Input.Tick)
    }
}
