package gatehouse

import com.google.gson.JsonElement
import com.google.gson.JsonObject
import gatehouse.core.CameraUse
import gatehouse.core.CheckState
import gatehouse.core.Effect
import gatehouse.core.Fix
import gatehouse.core.Input
import gatehouse.core.Moment
import gatehouse.core.Says
import gatehouse.core.Screen
import gatehouse.core.ScreenButton
import gatehouse.core.ScreenPicture
import gatehouse.core.Unlocking
import gatehouse.core.drawCode
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import java.nio.file.Path

/** A phone that draws the screens and carries out what they ask for, one thing after another. */
class ScreenedPhone(
    private val folder: Path,
    private val world: World,
    private val opens: Opens,
) : AutoCloseable {
    private val secrets = Secrets()
    private val time = Time()
    private var screens = open()
    private val handedOn = mutableListOf<String>()
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
            "fix" -> take(Input.Place(fix(what.asJsonObject), 0uL))
            "camera" -> take(runs(what.asJsonObject))
            "network" -> network(what.asBoolean)
            "foreground" -> take(Input.Foreground(what.asBoolean))
            "unlock" -> take(Input.Unlocked(Unlocking.valueOf(what.asString.uppercase())))
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

    /** The screen as text, in the order in which it is read, and what was handed to the platform since the last. */
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
        screen.code?.let { lines.add("  o code") }
        screen.busy?.let { lines.add("  … $it") }
        wanted(screen).let { if (it.isNotEmpty()) lines.add("  @ $it") }
        handedOn.mapTo(lines) { "  ^ $it" }
        handedOn.clear()
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
        val bright = if (wanted.bright) "bright" else null
        return listOfNotNull(camera, light, place, awake, bright).joinToString()
    }

    private fun doesAtOnce(word: String) {
        when (word) {
            "back" -> back()
            "walk_away" -> walkAway()
            "reopen" -> reopen()
            else -> error("nobody knows how to $word")
        }
    }

    private fun open() = opens(folder, secrets, time, moment())

    private fun moment(): Moment {
        val now = time.read()
        return Moment(now.monotonicMs, now.wallMs, 0)
    }

    private fun take(input: Input) = carryOut(screens.take(moment(), input))

    private fun carryOut(effects: List<Effect>) {
        val due = ArrayDeque(effects)
        while (due.isNotEmpty()) {
            when (val effect = due.removeFirst()) {
                is Effect.Work -> due.addAll(screens.carry(effect.id))

                is Effect.TakePhoto -> due.addAll(screens.photo(moment(), ++taken, photo(180)))

                // What comes of it the scenario tells.
                is Effect.Unlock -> handedOn.add("unlock")

                is Effect.Share -> share(effect)

                is Effect.Play, is Effect.NextCamera, is Effect.AskForFix, is Effect.OpenSettings -> Unit
            }
        }
    }

    private fun share(effect: Effect.Share) {
        assertEquals(screens.screen().code, effect.code, "the code that is on the screen")
        handedOn.add("share ${effect.title} / ${effect.text}")
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
