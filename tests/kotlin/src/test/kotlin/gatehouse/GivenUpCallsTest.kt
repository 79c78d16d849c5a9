package gatehouse

import gatehouse.core.GuardStation
import gatehouse.core.ScanResult
import gatehouse.core.Verdict
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path

/** Blocking calls whose caller loses interest in the middle: they go on, and what they find is not lost. */
class GivenUpCallsTest {
    @TempDir
    lateinit var folder: Path

    private lateinit var server: Server
    private lateinit var station: GuardStation

    @BeforeEach
    fun atWork() {
        server = Server(folder.resolve("server"))
        station = GuardStation.open(folder.resolve("station").toString(), Secrets(), Time())
        station.goToWork(server)
        station.syncOnce(10_000u)
    }

    @AfterEach
    fun goHome() {
        station.destroy()
        server.close()
    }

    @Test
    fun `a scan that nobody saw the result of is among the undecided`() =
        runBlocking {
            val code = server.invite("Vera").code
            station.syncOnce(10_000u)
            server.freeze()
            var shown: ScanResult? = null
            val screen = launch { shown = withContext(Dispatchers.IO) { station.scan(code, null) } }
            delay(100)
            screen.cancelAndJoin()
            server.thaw()
            assertNull(shown, "the screen is gone")
            val scan = station.undecided().single()
            assertEquals(Verdict.CAUTION to "offline", scan.verdict to scan.code)
            assertTrue(station.decide(scan.event, true, null, null, null).onSite)
        }

    @Test
    fun `a synchronisation that is given up leaves the station sound`() =
        runBlocking {
            val picture = Frame(1280, 720).showing(server.picture(server.invite("Vera")), 1)
            server.freeze()
            val sync = launch(Dispatchers.IO) { station.syncOnce(2500u) }
            val scan = async(Dispatchers.IO) { station.show(picture) }
            delay(100)
            sync.cancelAndJoin()
            assertEquals(Verdict.CAUTION, scan.await()?.verdict)
            server.thaw()
            assertNull(station.syncOnce(10_000u).problem)
            assertEquals(0uL, station.status().outbox.waiting)
        }
}
