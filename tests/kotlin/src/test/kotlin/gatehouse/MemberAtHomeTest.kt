package gatehouse

import gatehouse.core.GuardStation
import gatehouse.core.InvitationStatus
import gatehouse.core.LockAfter
import gatehouse.core.MemberWallet
import gatehouse.core.MessageSeverity
import gatehouse.core.NewInvitation
import gatehouse.core.ScannedBy
import gatehouse.core.Verdict
import gatehouse.core.WalletException
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path

/** What a member does away from the gate: invites, and locks the app. */
class MemberAtHomeTest {
    @TempDir
    lateinit var folder: Path

    private val time = Time()

    private fun wallet() = MemberWallet.open(folder.resolve("wallet").toString(), Secrets(), time, null)

    @Test
    fun `a member invites, looks the invitation up, and takes it back`() {
        Server(folder.resolve("server")).use { server ->
            GuardStation.open(folder.resolve("station").toString(), Secrets(), time).use { station ->
                wallet().use { wallet ->
                    station.goToWork(server)
                    wallet.join(server)
                    invite(server, wallet, station)
                }
            }
        }
    }

    private fun invite(
        server: Server,
        wallet: MemberWallet,
        station: GuardStation,
    ) {
        val now = System.currentTimeMillis() / 1000
        val wanted = NewInvitation("Nora", listOf(1u), now - 60, now + 3600, 2u, "Brings a cello")
        val incomplete =
            assertThrows<WalletException.Rejected> { wallet.invite(wanted.copy(untilS = now - 60), 5000u) }
        assertEquals("invitation_incomplete", incomplete.code)
        val refused = assertThrows<WalletException.Refused> { wallet.invite(wanted.copy(sites = listOf(2u)), 5000u) }
        assertNull(refused.retryAfterS)

        val made = wallet.invite(wanted, 5000u)
        val own = wallet.invitations(5000u)
        assertTrue(own.live)
        val nora = own.invitations.single()
        assertEquals(made.id to made.reference, nora.id to nora.reference)
        assertEquals(listOf("Nora", "Mia", "Brings a cello"), listOf(nora.name, nora.host, nora.note))
        assertEquals(listOf(1u) to 2u, nora.sites to nora.maxUses)
        assertEquals(InvitationStatus.PENDING, nora.status)
        val code = wallet.invitationCode(made.id, 5000u).code

        val scan = station.show(code)
        assertEquals(Verdict.VERIFIED to ScannedBy.VISITOR, scan.verdict to scan.kind)
        assertEquals("Nora" to "Mia", scan.name to scan.host)
        station.abandon(scan.event)

        assertEquals(InvitationStatus.CANCELLED, wallet.cancel(made.id, 5000u).status)
        nothingInSight()
        val cancelled = station.show(code)
        assertEquals(Verdict.DENIED to "cancelled", cancelled.verdict to cancelled.code)
        server.kill()
        val kept = wallet.invitations(500u)
        assertEquals(false to listOf("Nora"), kept.live to kept.invitations.map { it.name })
        assertEquals("unreachable", assertThrows<WalletException.Offline> { wallet.invite(wanted, 500u) }.code)
    }

    @Test
    fun `a message is read without a network, and the server learns of it`() {
        Server(folder.resolve("server")).use { server ->
            wallet().use { wallet ->
                wallet.join(server)
                val until = System.currentTimeMillis() / 1000 + 3600
                val written = arrayOf("--severity", "critical", "--title", "Closed", "--until", "$until")
                server.local("user", "message", Server.MEMBER, *written)
                val message = wallet.messages(5000u).messages.single()
                assertEquals(MessageSeverity.CRITICAL to "Closed", message.severity to message.title)
                assertEquals(until, message.untilS)
                assertNull(message.fromS)
                assertFalse(message.read)

                server.kill()
                assertFalse(wallet.readMessage(message.id, 500u))
                val kept = wallet.messages(500u)
                assertEquals(false to listOf(true), kept.live to kept.messages.map { it.read })
                server.restart()
                assertTrue(wallet.messages(5000u).live)
                val listed = server.local("user", "messages", Server.MEMBER)
                assertTrue(Regex(""""read_at":\s*\d""").containsMatchIn(listed), listed)
            }
        }
    }

    @Test
    fun `the app locks itself after the time that the member chose`() {
        wallet().use { wallet ->
            assertEquals(LockAfter.FIVE_MINUTES to true, wallet.appLock().let { it.after to it.locked })
            val locked = assertThrows<WalletException.Locked> { wallet.setAppLock(LockAfter.ONE_HOUR) }
            assertEquals("app_locked", locked.code)
            wallet.appUnlocked()
            wallet.setAppLock(LockAfter.ONE_MINUTE)
            assertFalse(wallet.appLock().locked)
            assertNull(wallet.appLock().locksInMs, "in use")

            wallet.appLeft()
            assertTrue(checkNotNull(wallet.appLock().locksInMs) in 1..60_000)
            time.passedMs = 60_001
            assertEquals(LockAfter.ONE_MINUTE to true, wallet.status().lock.let { it.after to it.locked })
        }
    }
}
