package gatehouse

import com.google.gson.JsonParser
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.Path

/**
 * A guard's phone and a member's at a real server, as `tests/scenarios` tells it, drawn and tapped as a shell does.
 * What each screen shows is kept there by the core alone, without these bindings.
 */
class ScenarioTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `a day of a guard shows what is kept`() = play("guard-day", ::guardScreens)

    @Test
    fun `the phone of a guard has the manners that are kept`() = play("guard-manners", ::guardScreens)

    @Test
    fun `a day of a member shows what is kept`() = play("member-day", ::memberScreens)

    @Test
    fun `the phone of a member has the manners that are kept`() = play("member-manners", ::memberScreens)

    private fun play(
        name: String,
        opens: Opens,
    ) {
        val scenario = JsonParser.parseString(Files.readString(SCENARIOS.resolve("$name.json"))).asJsonObject
        Server(folder.resolve("server"), furnished = false).use { server ->
            val world = World(server, folder, scenario)
            val phone = ScreenedPhone(folder.resolve("phone"), world, opens)
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
