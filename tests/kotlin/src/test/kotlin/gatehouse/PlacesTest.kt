package gatehouse

import gatehouse.core.Fact
import gatehouse.core.Fix
import gatehouse.core.GeofenceRule
import gatehouse.core.GuardStation
import gatehouse.core.PhotoPolicy
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

/** Which sites there are, and where the phone is. */
class PlacesTest {
    @TempDir
    lateinit var folder: Path

    private fun works(test: (Server, GuardStation) -> Unit) {
        Server(folder.resolve("server")).use { server ->
            val station = GuardStation.open(folder.resolve("station").toString(), Secrets(), Time())
            station.use { test(server, it) }
        }
    }

    @Test
    fun `the sites are those of the gate pack, the guard's own first`() =
        works { server, station ->
            assertEquals(emptyList<Any>(), station.sites())
            server.local("site", "add", "--name", "Archive", "--walk-up-photo", "required", "--arrival-photo", "off")
            station.goToWork(server)
            station.syncOnce(10_000u)
            val sites = station.sites()
            assertEquals(listOf("Main gate", "River gate", "Archive", "Back gate"), sites.map { it.name })
            assertEquals(listOf(true, true, false, false), sites.map { it.assigned })
            assertEquals(GeofenceRule.IGNORE to GeofenceRule.BLOCK, sites[0].geofence to sites[1].geofence)
            val archive = sites[2]
            assertEquals(4u, archive.number)
            assertEquals(PhotoPolicy.REQUIRED to PhotoPolicy.OFF, archive.walkUpPhoto to archive.arrivalPhoto)
            assertTrue(archive.timeZone.isNotBlank())
            assertFalse(archive.showFace)
        }

    @Test
    fun `a shift begins where the guard is`() =
        works { server, station ->
            station.goToWork(server)
            assertNull(checkNotNull(station.status().shift).location)
            station.syncOnce(10_000u)
            station.endShift(null)

            val elsewhere =
                assertThrows<StationException.Rejected> { station.startShift(3u, Server.FAR_AWAY, 5000u) }
            assertEquals("outside_geofence", elsewhere.code)
            val nowhere = assertThrows<StationException.Rejected> { station.startShift(3u, null, 5000u) }
            assertEquals("outside_geofence", nowhere.code)
            assertNull(station.startShift(3u, Server.AT_RIVER_GATE, 5000u).location)
        }

    @Test
    fun `a scan tells where the phone was`() =
        works { server, station ->
            station.goToWork(server, 3u, Server.AT_RIVER_GATE)
            station.syncOnce(10_000u)
            val code = server.local("invitation", "add", "--name", "Rosa", "--site", "3").text("code")
            val results =
                listOf(Server.AT_RIVER_GATE, Server.FAR_AWAY, null, Fix(52_370_216, 4_895_168, 900u)).map { fix ->
                    val scan = station.show(code, fix)
                    station.abandon(scan.event)
                    nothingInSight()
                    val reason = scan.reasons.firstOrNull { it.check == "location" }
                    listOf(scan.verdict, scan.code, reason?.fact, reason?.number)
                }
            val expected =
                listOf(
                    listOf(Verdict.VERIFIED, "ok", null, null),
                    listOf(Verdict.DENIED, "outside_geofence", Fact.LOCATION, 8uL),
                    listOf(Verdict.DENIED, "outside_geofence", Fact.MISSING, null),
                    listOf(Verdict.DENIED, "outside_geofence", Fact.LOCATION, 900uL),
                )
            assertEquals(expected, results)
        }
}
