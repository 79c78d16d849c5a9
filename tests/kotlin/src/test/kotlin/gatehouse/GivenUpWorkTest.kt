package gatehouse

import gatehouse.core.Effect
import gatehouse.core.GuardScreens
import gatehouse.core.GuardStation
import gatehouse.core.Input
import gatehouse.core.Moment
import gatehouse.core.ScreenKind
import gatehouse.core.Verdict
import gatehouse.core.drawCode
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.util.concurrent.Executors
import java.util.concurrent.Future
import java.util.concurrent.TimeUnit

/** A server that does not answer, and a guard who does not wait for it. */
class GivenUpWorkTest {
    @TempDir
    lateinit var folder: Path

    private val secrets = Secrets()
    private val time = Time()
    private val threads = Executors.newCachedThreadPool()
    private lateinit var server: Server
    private lateinit var screens: GuardScreens
    private lateinit var frame: Frame

    @BeforeEach
    fun atWork() {
        server = Server(folder.resolve("server"))
        frame = Frame(1280, 720).showing(drawCode(server.invite("Vera").code), 4)
        station().use {
            it.goToWork(server)
            it.syncOnce(10_000u)
        }
        screens = GuardScreens.open(folder.resolve("station").toString(), secrets, time, "en", moment())
        var due = screens.take(moment(), Input.Tick)
        while (due.isNotEmpty()) due = due.filterIsInstance<Effect.Work>().flatMap { screens.carry(it.id) }
        assertEquals(ScreenKind.CAMERA, screens.screen().kind)
    }

    @AfterEach
    fun goHome() {
        server.thaw()
        threads.shutdown()
        assertTrue(threads.awaitTermination(40, TimeUnit.SECONDS), "what was carried ends")
        screens.destroy()
        server.close()
    }

    @Test
    fun `whoever goes on offline has the offline verdict at once`() {
        val carried = checking()
        tap("Go on offline")
        val began = System.nanoTime()
        carried.forEach { it.get() }
        assertTrue(System.nanoTime() - began < 600_000_000, "sooner than the deadline of 1.5 s")
        assertEquals(Verdict.CAUTION, screens.screen().verdict?.colour)
    }

    @Test
    fun `a check that is left leaves nothing behind`() {
        val carried = checking()
        tap("Back")
        assertEquals(emptyList<Effect>(), carried.flatMap { it.get() })
        assertEquals(ScreenKind.CAMERA, screens.screen().kind)
        station().use { assertTrue(it.undecided().isEmpty()) }
    }

    private fun station() = GuardStation.open(folder.resolve("station").toString(), secrets, time)

    /** Shows a code while the server is silent, until the guard is told that it is being asked. */
    private fun checking(): List<Future<List<Effect>>> {
        server.freeze()
        val (width, height) = frame.width.toUInt() to frame.height.toUInt()
        val due = screens.frame(moment(), frame.luma, width, height, frame.rowStride.toUInt(), 0u)
        val work = due.filterIsInstance<Effect.Work>()
        assertEquals(1, work.size, "the scan alone: $due")
        val carried = work.map { threads.submit<List<Effect>> { screens.carry(it.id) } }
        Thread.sleep(200)
        assertEquals(emptyList<Effect>(), screens.take(moment(), Input.Tick))
        assertEquals(ScreenKind.CHECKING, screens.screen().kind)
        return carried
    }

    private fun tap(label: String) {
        Thread.sleep(320)
        val screen = screens.screen()
        val button = screen.buttons.single { it.label == label && it.enabled }
        val due = screens.take(moment(), Input.Tap(screen.number, button.action))
        assertEquals(emptyList<Effect>(), due.filterIsInstance<Effect.TakePhoto>())
    }

    private fun moment(): Moment {
        val now = time.read()
        return Moment(now.monotonicMs, now.wallMs, 0)
    }
}
