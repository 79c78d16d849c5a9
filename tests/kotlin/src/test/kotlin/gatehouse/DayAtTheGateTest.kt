package gatehouse

import gatehouse.core.CheckState
import gatehouse.core.Fact
import gatehouse.core.GuardStation
import gatehouse.core.PackHeld
import gatehouse.core.PhotoPolicy
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

    @Test
    fun `a day at the gate`() {
        Server(folder.resolve("server")).use { server ->
            open().use { station ->
                morning(server, station)
                visitorWithACode(server, station)
                visitorWithAPicture(server, station)
                forgery(station)
                lunch(station)
            }
            val otto = Frame(1280, 720).showing(server.picture(server.invite("Otto")), 1)
            server.invite("Emma", "--max-uses", "2")
            open().use { assertNull(it.syncOnce(10_000u).problem) }
            server.kill()
            val scan =
                open().use {
                    visitorsWithoutACode(it)
                    withoutNetwork(it, otto)
                }
            server.restart()
            // The app was ended meanwhile; what was shown is there.
            open().use { evening(it, otto, scan) }
        }
    }

    // covers: S4-12, S4-97
    private fun morning(
        server: Server,
        station: GuardStation,
    ) {
        val unknown = station.status()
        assertTrue(!unknown.clockTrusted && checkNotNull(unknown.earliestMs) <= unknown.nowMs, "$unknown")
        assertEquals("not_enrolled", assertThrows<StationException.NotEnrolled> { station.syncOnce(1000u) }.code)
        val malformed = assertThrows<StationException.Rejected> { station.enrol("GHE1:{}", null, 5000u) }
        assertEquals("enrolment_code_malformed", malformed.code)
        assertEquals("Oakwood", station.enrol(server.enrolmentCode(), "Gate phone", 5000u).organisation)
        assertEquals(
            "already_enrolled",
            assertThrows<StationException.Rejected> { station.enrol(server.enrolmentCode(), null, 5000u) }.code,
        )

        assertThrows<StationException.NotSignedIn> { station.startShift(1u, null, 5000u) }
        station.requestCode(Server.GUARD, 5000u)
        val grace = station.signIn(Server.GUARD, server.oneTimeCode(), 5000u)
        assertEquals("Grace", grace.name)

        assertThrows<StationException.NoShift> { station.scan("GH1:X", null) }
        val elsewhere = assertThrows<StationException.Rejected> { station.startShift(2u, null, 5000u) }
        assertEquals("not_assigned", elsewhere.code)
        assertEquals("Main gate", station.startShift(1u, null, 5000u).siteName)
        assertNull(station.syncOnce(10_000u).problem)

        val status = station.status()
        assertEquals("Grace" to grace.person, status.guard to status.guardId)
        assertEquals(PackHeld.FRESH, status.packAge)
        assertTrue(status.clockTrusted)
        assertNull(status.earliestMs)
    }

    // covers: S4-2, S4-38, S4-41
    private fun visitorWithACode(
        server: Server,
        station: GuardStation,
    ) {
        assertNull(station.show(Frame(1280, 720)), "a frame without a code")
        val frame = Frame(1280, 720).showing(server.picture(server.invite("Vera")), 1)

        val scan = checkNotNull(station.show(frame))
        assertEquals(Verdict.VERIFIED to "ok", scan.verdict to scan.code)
        assertEquals(ScannedBy.VISITOR to "Vera", scan.kind to scan.name)
        assertTrue(scan.online)
        assertEquals(PhotoPolicy.OPTIONAL to false, scan.photo to scan.hasPhoto)
        assertTrue(scan.checks.any { it.check == "online" && it.state == CheckState.PASSED })
        assertTrue(checkNotNull(station.show(frame)).again, "still in the frame")
        assertTrue(station.decide(scan.event, true, null, photo(180), null).onSite)

        assertEquals(listOf(scan.event to "Vera"), station.onSite(5000u).map { it.stay to it.name })
        assertNull(station.show(frame), "decided, and still in the frame")
        nothingInSight()
        val leaving = checkNotNull(station.show(frame))
        assertEquals(scan.event, leaving.departureOf)
        station.depart(scan.event, null, 5000u)
        assertEquals(emptyList<Any>(), station.onSite(5000u))
    }

    private fun visitorWithAPicture(
        server: Server,
        station: GuardStation,
    ) {
        val scan = station.scanPicture(direct(server.picture(server.invite("Pia"))), null)
        assertEquals(Verdict.VERIFIED to "Pia", scan.verdict to scan.name)
        assertFalse(station.decide(scan.event, false, "Forwarded by somebody else", null, null).granted)
        val denied = assertThrows<StationException.Rejected> { station.decide(scan.event, true, null, null, null) }
        assertEquals("already_decided", denied.code)
        val blank = assertThrows<StationException.Rejected> { station.scanPicture(direct(photo(10)), null) }
        assertEquals("no_code", blank.code)
    }

    private fun forgery(station: GuardStation) {
        val scan = station.scan("FORGED", null)
        assertEquals(Verdict.DENIED to "malformed", scan.verdict to scan.code)
        val missing = assertThrows<StationException.Incomplete> { station.decide(scan.event, true, null, null, null) }
        assertEquals("reason_required", missing.code)
        assertTrue(missing.sentence.isNotBlank())
        assertTrue(station.decide(scan.event, true, "The host vouched by phone", null, null).flagged)
        assertEquals("id_malformed", assertThrows<StationException.Rejected> { station.depart("x", null, 0u) }.code)
        val report = station.syncOnce(10_000u)
        assertNull(report.problem)
        assertEquals(1uL to 0uL, report.photos to station.status().outbox.waiting)
    }

    // covers: S4-62
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

    // covers: S4-42, S4-43, S4-55
    private fun visitorsWithoutACode(station: GuardStation) {
        val emma = station.expected("em", 1u).single()
        assertEquals(listOf(1u) to 2u, emma.sites to emma.maxUses)
        val arrival = station.arrive(emma.invitation, photo(220), null)
        assertEquals(ScannedBy.EXPECTED to "Emma", arrival.kind to arrival.name)
        assertEquals(Verdict.CAUTION to "unproven", arrival.verdict to arrival.code)
        assertTrue(station.decide(arrival.event, true, null, null, null).onSite)

        val nameless = assertThrows<StationException.Incomplete> { station.walkUp(" ", null, null, null, null, null) }
        assertEquals("name_required", nameless.code)
        val walkUp = station.walkUp("Willem", null, null, null, photo(240), null)
        assertTrue(walkUp.hasPhoto)
        assertNull(walkUp.verdict)
        assertTrue(station.decide(walkUp.event, true, null, null, null).onSite)
    }

    // covers: S4-54, S4-64, S4-66
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
        val report = station.syncOnce(2000u)
        assertEquals("unreachable", report.problem)
        assertTrue(checkNotNull(report.nextTryInMs) > 0)
        assertNull(station.syncIfDue(2000u), "not yet due")
        return scan
    }

    private fun evening(
        station: GuardStation,
        frame: Frame,
        scan: ScanResult,
    ) {
        val outbox = station.status().outbox
        assertTrue(outbox.waiting >= 5uL, "an arrival, a walk-up, their decisions and a scan: $outbox")
        assertEquals(2uL, outbox.photos)
        val again = checkNotNull(station.show(frame))
        assertEquals(scan.event to true, again.event to again.again)
        station.decide(scan.event, false, null, null, null)

        val report = station.syncOnce(10_000u)
        assertNull(report.problem)
        // The decision, and what the scan came to when it was judged anew.
        assertEquals(outbox.waiting + 2uL, report.sent)
        assertEquals(listOf(2uL, 0uL, 0uL), listOf(report.photos, report.waiting, report.stuck))
        assertEquals(setOf("Emma", "Willem"), station.onSite(5000u).map { it.name }.toSet())

        station.endShift(null)
        assertNull(station.status().shift)
        assertEquals(1uL, station.syncOnce(10_000u).sent)
    }
}
