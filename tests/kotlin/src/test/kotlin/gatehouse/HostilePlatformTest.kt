package gatehouse

import com.sun.jna.Native
import gatehouse.core.DeviceTime
import gatehouse.core.GuardStation
import gatehouse.core.PlatformException
import gatehouse.core.SecretStore
import gatehouse.core.StationException
import gatehouse.core.TimeReading
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import java.nio.ByteBuffer
import java.nio.file.Path

/** A platform that fails, politely or not: an error with a code, no crash, nothing lost and nothing half done. */
class HostilePlatformTest {
    @TempDir
    lateinit var folder: Path

    private val secrets = Secrets()
    private val time = Time()

    init {
        // Else JNA prints the stack of each `Error` that is thrown here on purpose.
        Native.setCallbackExceptionHandler { _, _ -> }
    }

    /** What a platform may throw: the declared error, an exception of its own, and what is no exception at all. */
    private val throwables =
        listOf(
            PlatformException.Failed("key store is locked"),
            IllegalStateException("boom"),
            NotImplementedError("boom"),
            StackOverflowError(),
        )

    private fun open(secrets: SecretStore = this.secrets) =
        GuardStation.open(folder.resolve("station").toString(), secrets, time)

    private inline fun assertFails(
        code: String,
        call: () -> Unit,
    ) {
        val error = assertThrows<StationException.Platform> { call() }
        assertEquals(code, error.code)
        assertFalse(error.sentence.lines().size > 1, error.sentence)
    }

    @Test
    fun `a platform that throws at the gate`() {
        Server(folder.resolve("server")).use { server ->
            open().use { station ->
                station.goToWork(server)
                station.syncOnce(10_000u)
                val entries = station.status().outbox.entries
                for ((round, throwable) in throwables.withIndex()) {
                    secrets.broken = throwable
                    assertFails("secret_store") { station.scan("FORGED $round", null) }
                    assertFails("secret_store") { station.walkUp("Willem", null, null, null, photo(200), null) }
                    secrets.broken = null
                    time.broken = throwable
                    assertFails("clock_unreadable") { station.scan("FORGED $round", null) }
                    assertFails("clock_unreadable") { station.status() }
                    time.broken = null
                    assertEquals(entries + round.toULong(), station.status().outbox.entries, "nothing half done")
                    assertFalse(station.scan("FORGED $round", null).again)
                }
                time.passedMs = -System.nanoTime()
                assertFails("clock_unreadable") { station.status() }
                time.passedMs = 0
                val report = station.syncOnce(10_000u)
                assertNull(report.problem)
                assertEquals(throwables.size.toULong() to 0uL, report.sent to report.waiting)
            }
        }
    }

    @Test
    fun `a secret store that throws while the station is opened or enrolled`() {
        for (throwable in throwables) {
            secrets.broken = throwable
            assertFails("secret_store") { open() }
        }
        secrets.broken = null
        Server(folder.resolve("server")).use { server ->
            open().use { station ->
                val code = server.enrolmentCode()
                for (throwable in throwables) {
                    secrets.broken = throwable
                    assertFails("secret_store") { station.enrol(code, null, 5000u) }
                    assertNull(station.status().device)
                }
                secrets.broken = null
                station.enrol(code, null, 5000u)
            }
            for (throwable in throwables) {
                secrets.broken = throwable
                assertFails("secret_store") { open() }
            }
            secrets.broken = null
            open().use { assertEquals("Oakwood", it.status().organisation) }
        }
    }

    @Test
    fun `a secret store that forgets is found out before anything rests on it`() {
        val forgetful =
            object : SecretStore by secrets {
                override fun store(
                    name: String,
                    secret: ByteArray,
                ) = Unit
            }
        assertFails("secret_store") { open(forgetful) }
        open().use { assertNull(it.status().device) }
        secrets.kept.clear()
        val lost = assertThrows<StationException.StorageUnusable> { open() }
        assertEquals("storage_wrong_key", lost.code)
    }

    @Test
    fun `a secret store that fails at the end of an enrolment stands in the way of no later one`() {
        var failing = true
        val keeping =
            object : SecretStore by secrets {
                override fun delete(name: String) {
                    if (failing) throw PlatformException.Failed("busy")
                    secrets.delete(name)
                }
            }
        Server(folder.resolve("server")).use { server ->
            open(keeping).use { station ->
                assertFails("secret_store") { station.enrol(server.enrolmentCode(), null, 5000u) }
                // It had begun to belong to the organisation before that, and works on as what it is.
                val again =
                    assertThrows<StationException.Rejected> { station.enrol(server.enrolmentCode(), null, 5000u) }
                assertEquals("already_enrolled", again.code)
                assertNull(station.syncOnce(10_000u).problem)
                failing = false
                val former = checkNotNull(station.status().device)
                server.local("device", "revoke", former)
                assertEquals("device_revoked", station.syncOnce(10_000u).problem)
                assertNotEquals(former, station.enrol(server.enrolmentCode(), null, 5000u).device)
                assertNull(station.syncOnce(10_000u).problem)
            }
        }
    }

    @Test
    fun `clocks that fail in the middle of a sign-in leave the guard signed in, or the sign-in to be done again`() {
        var readings = Int.MAX_VALUE
        val failing =
            object : DeviceTime {
                override fun read(): TimeReading {
                    if (readings-- == 0) throw PlatformException.Failed("busy")
                    return time.read()
                }
            }
        Server(folder.resolve("server")).use { server ->
            GuardStation.open(folder.resolve("station").toString(), secrets, failing).use { station ->
                station.enrol(server.enrolmentCode(), null, 5000u)
                val gus = "gus@oakwood.example"
                server.local("user", "add", "--email", gus, "--role", "guard", "--name", "Gus")
                for ((readingsThatSucceed, email) in listOf(gus, Server.GUARD).withIndex()) {
                    station.requestCode(email, 5000u)
                    val code = server.oneTimeCode(email)
                    readings = readingsThatSucceed
                    assertFails("clock_unreadable") { station.signIn(email, code, 5000u) }
                    assertEquals(if (email == gus) null else "Grace", station.status().guard)
                    assertThrows<StationException.Refused>("used up") { station.signIn(email, code, 5000u) }
                }
                station.startShift(1u, null, 5000u)
            }
        }
    }

    @Test
    fun `frames that are not what they say`() {
        open().use { station ->
            val bytes = ByteBuffer.allocateDirect(1000)
            for ((width, height, stride) in listOf(Triple(40u, 40u, 40u), Triple(0u, 0u, 0u), Triple(9u, 9u, 1u))) {
                val error =
                    assertThrows<StationException.Rejected> {
                        station.scanFrame(bytes, width, height, stride, null)
                    }
                assertEquals("picture_damaged", error.code)
            }
            assertNull(station.scanFrame(bytes, 30u, 30u, 30u, null))
            assertThrows<IllegalArgumentException>("a buffer on the heap") {
                station.scanFrame(ByteBuffer.allocate(900), 30u, 30u, 30u, null)
            }
            val error = assertThrows<StationException.Rejected> { station.scanPicture(bytes, null) }
            assertTrue(error.code.startsWith("picture_"), error.code)
        }
    }
}
