package gatehouse

import gatehouse.core.CheckState
import gatehouse.core.Fact
import gatehouse.core.GuardStation
import gatehouse.core.ScanResult
import gatehouse.core.ScannedBy
import gatehouse.core.StationException
import gatehouse.core.Verdict
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path

/** A guard's day, from the enrolment of the phone to the end of the shift, against a real server. */
class DayAtTheGateTest {
    @TempDir
    lateinit var folder: Path

    private val secrets = Secrets()
    private val time = Time()

    private fun open() = GuardStation.open(folder.resolve("station").toString(), secrets, time)

    private fun GuardStation.show(frame: Frame): ScanResult? =
        scanFrame(frame.luma, frame.width.toUInt(), frame.height.toUInt(), frame.rowStride.toUInt(), null)

    @Test
    fun `a day at the gate`() {
        Server(folder.resolve("server")).use { server ->
            open().use { station ->
                morning(server, station)
                visitorWithACode(server, station)
                forgery(station)
                lunch(station)
            }
            val offline = Frame(1280, 720).showing(server.invitationPicture("Otto", folder.resolve("otto.png")), 1)
            open().use { assertNull(it.syncOnce(10_000u).problem) }
            server.kill()
            val scan = open().use { withoutNetwork(it, offline) }
            server.restart()
            // The app was ended meanwhile; what was shown is there.
            open().use { evening(it, offline, scan) }
        }
    }

    private fun morning(
        server: Server,
        station: GuardStation,
    ) {
        assertEquals("not_enrolled", assertThrows<StationException.NotEnrolled> { station.syncOnce(1000u) }.code)
        val malformed = assertThrows<StationException.Rejected> { station.enrol("GHE1:{}", null, 5000u) }
        assertEquals("enrolment_code_malformed", malformed.code)
        assertEquals("Oakwood", station.enrol(server.enrolmentCode(), "Gate phone", 5000u).organisation)

        assertThrows<StationException.NotSignedIn> { station.startShift(1u, null, 5000u) }
        station.requestCode(Server.GUARD, 5000u)
        assertEquals("Grace", station.signIn(Server.GUARD, server.oneTimeCode(), 5000u).name)

        assertThrows<StationException.NoShift> { station.scan("GH1:X", null) }
        val elsewhere = assertThrows<StationException.Rejected> { station.startShift(2u, null, 5000u) }
        assertEquals("not_assigned", elsewhere.code)
        assertEquals("Main gate", station.startShift(1u, null, 5000u).siteName)
        assertNull(station.syncOnce(10_000u).problem)

        val status = station.status()
        assertEquals("Grace", status.guard)
        assertEquals("fresh", status.packAge)
        assertTrue(status.clockTrusted)
    }

    private fun visitorWithACode(
        server: Server,
        station: GuardStation,
    ) {
        assertNull(station.show(Frame(1280, 720)), "a frame without a code")
        val frame = Frame(1280, 720).showing(server.invitationPicture("Vera", folder.resolve("vera.png")), 1)

        val scan = checkNotNull(station.show(frame))
        assertEquals(Verdict.VERIFIED to "ok", scan.verdict to scan.code)
        assertEquals(ScannedBy.VISITOR to "Vera", scan.kind to scan.name)
        assertTrue(scan.online)
        assertTrue(scan.checks.any { it.check == "online" && it.state == CheckState.PASSED })
        assertTrue(checkNotNull(station.show(frame)).again, "still in the frame")
        assertTrue(station.decide(scan.event, true, null, photo(180), null).onSite)

        assertEquals(listOf(scan.event to "Vera"), station.onSite(5000u).map { it.stay to it.name })
        val leaving = checkNotNull(station.show(frame))
        assertEquals(scan.event, leaving.departureOf)
        station.depart(scan.event, null, 5000u)
        assertEquals(emptyList<Any>(), station.onSite(5000u))
    }

    private fun forgery(station: GuardStation) {
        val scan = station.scan("FORGED", null)
        assertEquals(Verdict.DENIED to "malformed", scan.verdict to scan.code)
        val missing = assertThrows<StationException.Incomplete> { station.decide(scan.event, true, null, null, null) }
        assertEquals("reason_required", missing.code)
        assertTrue(missing.sentence.isNotBlank())
        assertTrue(station.decide(scan.event, true, "The host vouched by phone", null, null).flagged)
        assertEquals("id_malformed", assertThrows<StationException.Rejected> { station.depart("x", null, 0u) }.code)
        assertNull(station.syncOnce(10_000u).problem)
        assertEquals(0uL, station.status().outbox.waiting)
    }

    private fun lunch(station: GuardStation) {
        assertEquals("pin_unsuitable", assertThrows<StationException.Incomplete> { station.setPin("111111") }.code)
        station.setPin("270419")
        station.lock()
        assertThrows<StationException.NotSignedIn> { station.scan("FORGED", null) }
        val grace = station.guards().single()
        val refused = assertThrows<StationException.PinRefused> { station.unlock(grace.person, "270418") }
        assertEquals("wrong_pin", refused.code)
        assertTrue(checkNotNull(refused.triesLeft) > 0u)
        assertEquals("Grace", station.unlock(grace.person, "270419").name)

        val scan = station.scan("FORGED AGAIN", null)
        assertEquals(listOf(scan.event), station.undecided().map { it.event })
        station.report(scan.event, "The same paper as before", null, null)
        station.abandon(scan.event)
        assertEquals(emptyList<ScanResult>(), station.undecided())
        assertNull(station.syncOnce(10_000u).problem)
    }

    private fun withoutNetwork(
        station: GuardStation,
        frame: Frame,
    ): ScanResult {
        val scan = checkNotNull(station.show(frame))
        assertEquals(Verdict.CAUTION to "offline", scan.verdict to scan.code)
        assertFalse(scan.online)
        val reason = scan.reasons.first()
        assertEquals(Fact.GATE_PACK to "offline", reason.fact to reason.code)
        assertTrue(checkNotNull(reason.ageS) in 0..600, "$reason")
        assertEquals(listOf("Otto"), station.expected("ot", null).map { it.name })
        val report = station.syncOnce(2000u)
        assertEquals("unreachable", report.problem)
        assertTrue(checkNotNull(report.nextTryInMs) > 0)
        assertNull(station.syncIfDue(2000u), "not yet due")

        val nameless = assertThrows<StationException.Incomplete> { station.walkUp(" ", null, null, null) }
        assertEquals("name_required", nameless.code)
        val walkUp = station.walkUp("Willem", null, photo(240), null)
        assertTrue(walkUp.hasPhoto)
        assertNull(walkUp.verdict)
        assertTrue(station.decide(walkUp.event, true, null, null, null).onSite)
        return scan
    }

    private fun evening(
        station: GuardStation,
        frame: Frame,
        scan: ScanResult,
    ) {
        val outbox = station.status().outbox
        assertTrue(outbox.waiting >= 3uL, "a scan, a walk-up and its decision: $outbox")
        assertEquals(1uL, outbox.photos)
        val again = checkNotNull(station.show(frame))
        assertEquals(scan.event to true, again.event to again.again)
        station.decide(scan.event, false, null, null, null)

        val report = station.syncOnce(10_000u)
        assertNull(report.problem)
        assertEquals(outbox.waiting + 1uL, report.sent)
        assertEquals(listOf(1uL, 0uL, 0uL), listOf(report.photos, report.waiting, report.stuck))
        assertEquals(listOf("Willem"), station.onSite(5000u).map { it.name })

        station.endShift(null)
        assertNull(station.status().shift)
        assertEquals(1uL, station.syncOnce(10_000u).sent)
    }
}
