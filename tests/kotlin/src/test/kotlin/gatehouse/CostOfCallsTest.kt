package gatehouse

import gatehouse.core.GuardStation
import gatehouse.core.StationEvents
import gatehouse.core.coreBuild
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.ByteBuffer
import java.nio.file.Path

/** Prints what crossing costs on this machine. It asserts no time. */
class CostOfCallsTest {
    @TempDir
    lateinit var folder: Path

    private val build = if (coreBuild().debug) "debug" else "release"

    private fun print(
        what: String,
        calls: Int,
        call: () -> Unit,
    ) {
        repeat(calls / 2) { call() }
        val started = System.nanoTime()
        repeat(calls) { call() }
        println("cost of %-57s %9.1f us".format("$what, $build:", (System.nanoTime() - started) / 1e3 / calls))
    }

    @Test
    fun `cost of calls`() {
        assertEquals(System.getProperty("cargo.profile"), build, "the library that was asked for")
        GuardStation.open(folder.toString(), Secrets(), Time()).use { station ->
            val events: StationEvents = station.events()
            print("a call that returns nothing", 20_000) { events.stop() }
            print("a call that returns a small record", 20_000) { coreBuild() }
            print("a status, with what the core needs to find it", 1000) { station.status() }
            print("an async call that is ready at once", 2000) { runBlocking { assertNull(events.nextEvent(0u)) } }
            // Too small to hold a code, so all that is measured is the way of the bytes.
            val bytes = ByteBuffer.allocateDirect(2 shl 20)
            print("2 MiB of a frame, without looking for a code", 1000) {
                assertNull(station.scanFrame(bytes, 20u, 20u, 20u, null))
            }
            val frame = Frame(1920, 1080)
            print("a frame of 1920 x 1080 that shows no code", 20) { assertNull(station.show(frame)) }
            events.destroy()
        }
    }
}
