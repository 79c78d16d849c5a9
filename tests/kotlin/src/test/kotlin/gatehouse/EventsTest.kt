package gatehouse

import gatehouse.core.GuardStation
import gatehouse.core.Notice
import gatehouse.core.StationEvent
import gatehouse.core.StationEvents
import gatehouse.core.StationException
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.coroutines.yield
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path

/** What a station tells by itself, and listeners that lose interest. */
class EventsTest {
    @TempDir
    lateinit var folder: Path

    private val time = Time()
    private lateinit var server: Server
    private lateinit var station: GuardStation
    private lateinit var events: StationEvents

    @BeforeEach
    fun atWork() {
        server = Server(folder.resolve("server"))
        station = GuardStation.open(folder.resolve("station").toString(), Secrets(), time)
        events = station.events()
        station.goToWork(server)
        station.syncOnce(10_000u)
    }

    @AfterEach
    fun goHome() {
        events.destroy()
        station.destroy()
        server.close()
    }

    /** The number of the latest event. */
    private suspend fun latest(): ULong {
        var last = 0uL
        while (true) last = withTimeoutOrNull(200) { events.nextEvent(last) }?.number ?: return last
    }

    @Test
    fun `what a screen shows is told when it changes`() =
        runBlocking {
            val before = latest()
            val waiting = async(Dispatchers.Default) { events.nextEvent(before) }
            station.scan("FORGED", null)
            val notice = checkNotNull(waiting.await())
            val told = assertInstanceOf(StationEvent.OutboxChanged::class.java, notice.event)
            assertEquals(1uL, told.outbox.waiting)

            station.syncOnce(10_000u)
            val sent = assertInstanceOf(StationEvent.OutboxChanged::class.java, events.nextEvent(notice.number)?.event)
            assertEquals(0uL, sent.outbox.waiting)
        }

    @Test
    fun `a new gate pack is told`() =
        runBlocking {
            val before = latest()
            val seq = checkNotNull(station.status().packSeq)
            server.local("site", "add", "--name", "Side gate")
            station.syncOnce(10_000u)
            val told = heardAfter(before).filterIsInstance<StationEvent.PackChanged>().single()
            assertTrue(checkNotNull(told.seq) > seq)
        }

    @Test
    fun `a shift that ends by itself is told, one that the guard ends is not`() =
        runBlocking {
            val before = latest()
            time.passedMs = 14 * 3_600_000L + 1
            station.tick()
            val ended = heardAfter(before).filterIsInstance<StationEvent.ShiftEnded>().single()
            assertEquals("Main gate", ended.shift.siteName)
            assertNull(station.status().shift)
            assertThrows<StationException.NoShift> { station.scan("FORGED", null) }

            station.startShift(1u, null, 5000u)
            val restarted = latest()
            station.endShift(null)
            assertTrue(heardAfter(restarted).none { it is StationEvent.ShiftEnded })
        }

    @Test
    fun `a revoked station is told that it must be enrolled anew, and goes on as a new device`() =
        runBlocking {
            val before = latest()
            val former = checkNotNull(station.status().device)
            server.local("device", "revoke", former)
            station.syncOnce(10_000u)
            assertTrue(heardAfter(before).any { it is StationEvent.MustEnrolAnew })
            assertTrue(station.status().mustEnrolAnew)
            station.endShift(null)
            val refused = assertThrows<StationException.MustEnrolAnew> { station.startShift(1u, null, 5000u) }
            assertEquals("device_revoked", refused.code)

            station.enrol(server.enrolmentCode(), "Gate phone", 5000u)
            assertTrue(!station.status().mustEnrolAnew && station.status().device != former)
            assertNull(station.syncOnce(10_000u).problem)
        }

    @Test
    fun `a guard whom the server refuses is told so, and goes on offline until a new sign-in`() =
        runBlocking {
            val code = server.invite("Vera").code
            station.syncOnce(10_000u)
            val before = latest()
            server.local("user", "revoke", Server.GUARD)
            assertFalse(station.show(code).online)
            val refused = heardAfter(before).filterIsInstance<StationEvent.GuardRefused>().single()
            assertEquals("session_ended" to "session_ended", refused.code to station.status().guardRefused)

            val told = latest()
            station.onSite(5000u)
            assertTrue(heardAfter(told).none { it is StationEvent.GuardRefused }, "told once")
            station.endShift(null)
            val ended = assertThrows<StationException.NotSignedIn> { station.startShift(1u, null, 5000u) }
            assertEquals("session_ended", ended.code)
        }

    @Test
    fun `a shift that ends while nothing but the undecided is looked at is told`() =
        runBlocking {
            val before = latest()
            time.passedMs = 14 * 3_600_000L + 1
            assertThrows<StationException.NoShift> { station.undecided() }
            assertTrue(heardAfter(before).any { it is StationEvent.ShiftEnded })
        }

    private suspend fun heardAfter(number: ULong): List<StationEvent> {
        val heard = mutableListOf<Notice>()
        while (true) {
            val last = heard.lastOrNull()?.number ?: number
            heard += withTimeoutOrNull(200) { events.nextEvent(last) } ?: return heard.map { it.event }
        }
    }

    @Test
    fun `an event that arrives at a cancelled listener comes again`() =
        runBlocking {
            var last = latest()
            repeat(200) { round ->
                val listener = launch(Dispatchers.Default, CoroutineStart.UNDISPATCHED) { events.nextEvent(last) }
                val scan = launch(Dispatchers.IO) { station.scan("FORGED $round", null) }
                // Sometimes before the event, sometimes after it, sometimes in between.
                repeat(round % 7) { yield() }
                if (round % 3 == 0) delay(1)
                listener.cancelAndJoin()
                scan.join()
                val notice = checkNotNull(withTimeoutOrNull(5000) { events.nextEvent(last) }) { "round $round" }
                val told = assertInstanceOf(StationEvent.OutboxChanged::class.java, notice.event)
                assertEquals(round + 1, told.outbox.waiting.toInt())
                last = notice.number
            }
        }

    @Test
    fun `a stopped listener hears nothing more, the others do`() =
        runBlocking {
            val last = latest()
            val other = station.events()
            val waiting = async(Dispatchers.Default) { events.nextEvent(last) }
            delay(50)
            events.stop()
            assertNull(waiting.await())
            assertNull(events.nextEvent(0u))
            station.scan("FORGED", null)
            other.use { assertInstanceOf(StationEvent.OutboxChanged::class.java, it.nextEvent(last)?.event) }
            Unit
        }
}
