package gatehouse

import gatehouse.core.EntryKind
import gatehouse.core.Erase
import gatehouse.core.GuardStation
import gatehouse.core.StationException
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import java.io.RandomAccessFile
import java.nio.file.Path

/** What becomes of entries: set aside where damage cut them off, taken along, erased. */
class OutboxTest {
    @TempDir
    lateinit var folder: Path

    private val secrets = Secrets()
    private lateinit var server: Server

    private fun open(name: String = "station") = GuardStation.open(folder.resolve(name).toString(), secrets, Time())

    @BeforeEach
    fun serve() {
        server = Server(folder.resolve("server"))
    }

    /** A copy of the station, of whose database a page is overwritten. */
    private fun damaged(page: Long): String {
        val copy = "damaged-$page"
        folder.resolve("station").toFile().copyRecursively(folder.resolve(copy).toFile())
        RandomAccessFile(folder.resolve("$copy/station.db").toFile(), "rw").use {
            it.seek(page * 4096)
            it.write(ByteArray(4096) { 0x5a })
        }
        return copy
    }

    /** The copy that a damaged page cost a piece out of the middle of its journal. */
    private fun cut(): GuardStation {
        val pages = folder.resolve("station/station.db").toFile().length() / 4096
        for (page in (pages / 2 until pages) + (1 until pages / 2)) {
            val station = open(damaged(page))
            val salvaged = station.status().salvaged
            if (salvaged != null && salvaged.enrolled && minOf(salvaged.entries, salvaged.apart) > 0uL) return station
            station.destroy()
        }
        error("no page of $pages cut the journal")
    }

    @Test
    fun `what damage cut off from the journal is seen, taken along and sent`() =
        server.use {
            open().use { station ->
                station.goToWork(server)
                station.syncOnce(10_000u)
                repeat(40) { station.scan("FORGED $it", null) }
                assertNull(station.status().salvaged)
            }
            cut().use { station ->
                val status = station.status()
                val salvaged = checkNotNull(status.salvaged)
                assertTrue(status.mustEnrolAnew && !salvaged.complete)
                assertTrue(salvaged.entries > 0uL && salvaged.events > 0uL && salvaged.atMs > 0, "$salvaged")
                assertNotNull(folder.toFile().walk().find { it.name == salvaged.setAside }, salvaged.setAside)

                val stuck = station.stuck()
                assertEquals(salvaged.apart, stuck.size.toULong())
                assertEquals(setOf("behind_gap"), stuck.map { it.code }.toSet())
                assertEquals(setOf(status.device), stuck.map { it.former }.toSet())
                assertEquals(setOf(EntryKind.SCAN), stuck.map { it.kind }.toSet())
                assertTrue(stuck.all { it.id != null && it.writtenMs != null && it.number > salvaged.entries })
                assertEquals(emptyList<Any>(), station.stuckPhotos())
                assertEquals(0uL to salvaged.apart, station.retryStuck().let { it.entries to it.left })

                station.enrol(server.enrolmentCode(), "Gate phone", 5000u)
                assertNull(station.status().salvaged)
                assertEquals(salvaged.apart to 0uL, station.retryStuck().let { it.entries to it.left })
                val report = station.syncOnce(10_000u)
                assertNull(report.problem)
                assertEquals(0uL to 0uL, report.waiting to report.stuck)
                assertEquals(emptyList<Any>(), station.stuck())
            }
        }

    @Test
    fun `a person is erased, once the server has what was written`() =
        server.use {
            open().use { station ->
                station.goToWork(server)
                station.syncOnce(10_000u)
                val vera = server.invite("Vera")
                val scan = station.show(vera.code)
                station.decide(scan.event, true, null, photo(180), null)
                station.syncOnce(10_000u)
                val walkUp = station.walkUp("Willem", null, null, null, photo(240), null)

                val gone = station.erase(Erase.Subject(vera.id))
                assertEquals(listOf(3uL, 0uL), listOf(gone.entries, gone.waiting), "a scan, a grant, an arrival")
                assertEquals(emptyList<String>(), gone.filesSetAside)
                val later = station.erase(Erase.Events(listOf(walkUp.event)))
                assertEquals(listOf(0uL, 1uL), listOf(later.entries, later.waiting))
                assertEquals("Willem", station.undecided().single().name)
                station.syncOnce(10_000u)
                assertNull(station.undecided().single().name)
                val malformed = assertThrows<StationException.Rejected> { station.erase(Erase.Subject("x")) }
                assertEquals("id_malformed", malformed.code)
            }
        }
}
