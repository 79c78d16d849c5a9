package gatehouse

import gatehouse.core.CodePicture
import gatehouse.core.DeviceTime
import gatehouse.core.SecretStore
import gatehouse.core.TimeReading
import java.awt.image.BufferedImage
import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import java.nio.ByteBuffer
import java.util.concurrent.ConcurrentHashMap
import javax.imageio.ImageIO

/** Secrets in memory; [broken] is thrown instead while it is set. */
class Secrets : SecretStore {
    val kept = ConcurrentHashMap<String, ByteArray>()

    @Volatile var broken: Throwable? = null

    override fun load(name: String): ByteArray? {
        broken?.let { throw it }
        return kept[name]
    }

    override fun store(
        name: String,
        secret: ByteArray,
    ) {
        broken?.let { throw it }
        kept[name] = secret
    }

    override fun delete(name: String) {
        broken?.let { throw it }
        kept.remove(name)
    }
}

/** This machine's clocks, of which the monotonic one can be moved on; [broken] is thrown instead while it is set. */
class Time : DeviceTime {
    @Volatile var passedMs = 0L

    @Volatile var broken: Throwable? = null

    override fun read(): TimeReading {
        broken?.let { throw it }
        return TimeReading(System.currentTimeMillis() + passedMs, System.nanoTime() / 1_000_000 + passedMs, "boot")
    }
}

/** A camera's frame: only grey, rows padded, in memory outside the heap. */
class Frame(
    val width: Int,
    val height: Int,
) {
    val rowStride = width + 64
    val luma: ByteBuffer = ByteBuffer.allocateDirect(rowStride * height)

    init {
        // Not one grey: a bright upper half, a shaded lower one.
        for (y in 0 until height) {
            for (x in 0 until width) set(x, y, if (y < height / 2) 200 else 140)
        }
    }

    /** With the picture of a code held before the camera, each of its pixels [scale] wide. */
    fun showing(
        png: ByteArray,
        scale: Int,
    ): Frame {
        val code = ImageIO.read(ByteArrayInputStream(png))
        return showing(code.width, scale) { x, y -> code.getRGB(x, y) and 0xff < 128 }
    }

    /** With the screen of a member's phone held before the camera, each module [scale] wide. */
    fun showing(
        code: CodePicture,
        scale: Int,
    ): Frame {
        val side = code.side.toInt()
        return showing(side, scale) { x, y -> code.luma[y * side + x] == 0.toByte() }
    }

    private fun showing(
        side: Int,
        scale: Int,
        dark: (Int, Int) -> Boolean,
    ): Frame {
        val left = (width - side * scale) / 2
        val top = (height - side * scale) / 2
        for (y in 0 until side * scale) {
            for (x in 0 until side * scale) {
                set(left + x, top + y, if (dark(x / scale, y / scale)) 40 else 210)
            }
        }
        return this
    }

    private fun set(
        x: Int,
        y: Int,
        grey: Int,
    ) {
        luma.put(y * rowStride + x, grey.toByte())
    }
}

/** Bytes outside the heap, as the core borrows them. */
fun direct(bytes: ByteArray): ByteBuffer = ByteBuffer.allocateDirect(bytes.size).put(bytes).rewind()

/** A photo as a camera takes it, of somebody as wide as that. */
fun photo(width: Int): ByteArray {
    val picture = BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB)
    picture.createGraphics().fillOval(200, 100, width, 250)
    return ByteArrayOutputStream().also { ImageIO.write(picture, "jpeg", it) }.toByteArray()
}
