package gatehouse

import com.google.gson.JsonElement
import com.google.gson.JsonObject
import com.google.gson.JsonParser
import java.nio.file.Files
import java.nio.file.Path

val SCENARIOS: Path = Path.of(checkNotNull(System.getenv("GATEHOUSE_SCENARIOS")))
private val REPLACED: List<Pair<Regex, String>> =
    JsonParser
        .parseString(Files.readString(SCENARIOS.resolve("replace.json")))
        .asJsonArray
        .map { Regex(it.asJsonArray[0].asString) to it.asJsonArray[1].asString }

/** What is another one each time stands as a word. */
fun replaced(text: String): String = REPLACED.fold(text) { said, (rule, by) -> rule.replace(said, by) }

fun JsonObject.word(name: String): String = this[name].asString

fun JsonElement.words(): List<String> = asJsonArray.map { it.asString }

/** The server, and the codes that people hold. */
class World(
    private val server: Server,
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
