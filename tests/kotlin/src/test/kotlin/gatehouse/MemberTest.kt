package gatehouse

import gatehouse.core.CodeSource
import gatehouse.core.DeviceSigner
import gatehouse.core.GuardStation
import gatehouse.core.MemberWallet
import gatehouse.core.PlatformException
import gatehouse.core.ScannedBy
import gatehouse.core.Verdict
import gatehouse.core.WalletException
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.Signature
import java.security.spec.ECGenParameterSpec

/** A P-256 key as a phone's key store has it: SubjectPublicKeyInfo and DER. [sabotage] is done to each signature. */
private class KeyStore : DeviceSigner {
    private var pair: KeyPair? = null
    var sabotage: (ByteArray) -> ByteArray = { it }

    private fun pair(): KeyPair =
        pair ?: KeyPairGenerator
            .getInstance("EC")
            .apply { initialize(ECGenParameterSpec("secp256r1")) }
            .generateKeyPair()
            .also { pair = it }

    override fun publicKey(): ByteArray = pair().public.encoded

    override fun sign(message: ByteArray): ByteArray {
        val signature = Signature.getInstance("SHA256withECDSA").apply { initSign(pair().private) }
        return sabotage(signature.apply { update(message) }.sign())
    }

    override fun forget() {
        pair = null
    }
}

/** A member's phone with a key in its own store, before a guard's phone. */
class MemberTest {
    @TempDir
    lateinit var folder: Path

    private val keys = KeyStore()
    private val time = Time()

    // covers: S4-1, S4-14, S4-21
    @Test
    fun `a member comes with a network, without one, and invalidates`() {
        Server(folder.resolve("server")).use { server ->
            val station = GuardStation.open(folder.resolve("station").toString(), Secrets(), time)
            val wallet = MemberWallet.open(folder.resolve("wallet").toString(), Secrets(), time, keys)
            station.goToWork(server)
            firstSteps(server, wallet)

            val code = wallet.code(5000u)
            assertEquals(CodeSource.ONLINE, code.source)
            assertTrue(code.secondsLeft in 1..120 && code.refreshInS < code.secondsLeft, "$code")
            assertEquals(CodeSource.KEPT to code.text, wallet.code(5000u).let { it.source to it.text })
            val status = wallet.status()
            assertEquals(listOf("Oakwood", "Mia", "member"), listOf(status.organisation, status.name, status.role))
            assertEquals(code.expiresAtS, status.codeUntilS)
            assertTrue(status.clockTrusted && checkNotNull(status.offlineUntilS) > code.expiresAtS, "$status")
            station.syncOnce(10_000u)
            val scan = station.show(code.text)
            assertEquals(ScannedBy.MEMBER to "Mia", scan.kind to scan.name)
            assertEquals(Verdict.VERIFIED to "ok", scan.verdict to scan.code)
            station.decide(scan.event, true, null, null, null)
            station.syncOnce(10_000u)
            val recent = wallet.recent(5000u)
            assertTrue(recent.live)
            assertEquals(listOf(scan.event to true), recent.entries.map { it.event to it.granted })

            server.kill()
            withoutNetwork(station, wallet)
            server.restart()

            assertTrue(wallet.invalidate(5000u).done)
            val superseded = station.scan(code.text, null)
            assertEquals(Verdict.DENIED to "superseded", superseded.verdict to superseded.code)
            val fresh = wallet.freshCode(5000u)
            assertEquals(CodeSource.ONLINE, fresh.source)
            assertEquals("ok", station.scan(fresh.text, null).code)
            assertTrue(wallet.signOut(5000u))
            assertThrows<WalletException.NotSignedIn> { wallet.code(1000u) }
            wallet.destroy()
            station.destroy()
        }
    }

    private fun firstSteps(
        server: Server,
        wallet: MemberWallet,
    ) {
        assertThrows<WalletException.NotJoined> { wallet.requestCode(Server.MEMBER, 1000u) }
        assertEquals("Oakwood", wallet.join(server.memberCode(), 5000u).organisation)
        assertThrows<WalletException.NotSignedIn> { wallet.code(1000u) }
        assertTrue(wallet.requestCode(Server.MEMBER, 5000u).resendInS > 0)
        val tooSoon = assertThrows<WalletException.TooSoon> { wallet.requestCode(Server.MEMBER, 5000u) }
        assertTrue(tooSoon.waitS in 1..32, "${tooSoon.waitS}")
        assertEquals("Mia", wallet.signIn(Server.MEMBER, server.oneTimeCode(Server.MEMBER), 5000u).name)
    }

    private fun withoutNetwork(
        station: GuardStation,
        wallet: MemberWallet,
    ) {
        val throwables =
            listOf(PlatformException.Failed("locked"), IllegalStateException("boom"), NotImplementedError("boom"))
        for (throwable in throwables) {
            keys.sabotage = { throw throwable }
            val failed = assertThrows<WalletException.Platform> { wallet.offlineCode() }
            assertEquals("device_key_failed", failed.code)
        }
        keys.sabotage = { it.also { bytes -> bytes[bytes.size - 1] = (bytes.last() + 1).toByte() } }
        assertEquals("device_key_broken", assertThrows<WalletException.Platform> { wallet.offlineCode() }.code)
        keys.sabotage = { it }

        val code = wallet.offlineCode()
        assertEquals(CodeSource.OFFLINE, code.source)
        val scan = station.show(code.text)
        assertEquals(ScannedBy.DEVICE to "Mia", scan.kind to scan.name)
        assertEquals(Verdict.CAUTION, scan.verdict)
        assertFalse(wallet.recent(500u).live)
    }
}
