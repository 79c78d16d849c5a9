import Foundation
import GatehouseCore
import Testing

/// A member's phone with a key in its own store, before a guard's phone; and what the member does away from the gate.
@Suite struct Member {
    private let folder: Folder
    private let server: Server
    private let time = Time()
    private let keys: Keys
    private let wallet: MemberWallet

    init() throws {
        folder = try Folder()
        server = try Server(in: folder.url)
        keys = try Keys()
        wallet = try MemberWallet.open(folder: folder.path("wallet"), secrets: Secrets(), time: time, signer: keys)
    }

    private func atWork() throws -> GuardStation {
        let station = try GuardStation.open(folder: folder.path("station"), secrets: Secrets(), time: time)
        try station.goToWork(at: server)
        return station
    }

    @Test func comesWithANetworkWithoutOneAndInvalidates() throws {
        let early = code { _ = try wallet.requestCode(email: Server.membersAddress, deadlineMs: 1000) }
        #expect(early == "NotJoined not_joined")
        try wallet.join(at: server)
        let station = try atWork()
        let online = try wallet.code(deadlineMs: 5000)
        #expect(online.source == .online && online.refreshInS < online.secondsLeft)
        #expect(try wallet.code(deadlineMs: 5000).source == .kept)
        let status = try wallet.status()
        #expect(status.name == "Mia" && status.role == "member" && status.codeUntilS == online.expiresAtS)
        #expect(status.offlineUntilS ?? 0 > online.expiresAtS)
        let scan = try #require(try station.show(Frame().showing(online.text)))
        #expect(scan.verdict == .verified && scan.kind == .member && scan.name == "Mia")
        _ = try station.decide(event: scan.event, granted: true, reason: nil, photo: nil, fix: nil)
        _ = try station.syncOnce(deadlineMs: 10_000)
        let recent = try wallet.recent(deadlineMs: 5000)
        #expect(recent.live && recent.entries.map(\.event) == [scan.event] && recent.entries[0].granted == true)

        server.kill()
        try withoutNetwork(station)
        try server.restart()

        #expect(try wallet.invalidate(deadlineMs: 5000).done)
        #expect(try station.scan(code: online.text, fix: nil).code == "superseded")
        let fresh = try wallet.freshCode(deadlineMs: 5000)
        #expect(try fresh.source == .online && station.scan(code: fresh.text, fix: nil).code == "ok")
        #expect(try wallet.signOut(deadlineMs: 5000))
        #expect(code { _ = try wallet.code(deadlineMs: 1000) } == "NotSignedIn not_signed_in")
    }

    /// The code is signed on this side of the seam.
    private func withoutNetwork(_ station: GuardStation) throws {
        keys.sabotaged.withLock { $0 = true }
        #expect(code { _ = try wallet.offlineCode() } == "Platform device_key_broken")
        keys.sabotaged.withLock { $0 = false }
        let minted = try wallet.offlineCode()
        #expect(minted.source == .offline)
        let scan = try #require(try station.show(Frame().showing(minted.text)))
        #expect(scan.verdict == .caution && scan.kind == .device && scan.name == "Mia")
        #expect(try wallet.recent(deadlineMs: 500).live == false)
    }

    @Test func invitesLooksTheInvitationUpAndTakesItBack() throws {
        try wallet.join(at: server)
        let station = try atWork()
        let now = Int64(Date().timeIntervalSince1970)
        let wanted = { (site: UInt32, until: Int64) in
            NewInvitation(name: "Nora", sites: [site], fromS: now - 60, untilS: until, maxUses: 2, note: "With a cello")
        }
        let never = code { _ = try wallet.invite(invitation: wanted(1, now - 60), deadlineMs: 5000) }
        #expect(never == "Rejected invitation_incomplete")
        let elsewhere = code { _ = try wallet.invite(invitation: wanted(2, now + 3600), deadlineMs: 5000) }
        #expect(elsewhere.hasPrefix("Refused "))

        let made = try wallet.invite(invitation: wanted(1, now + 3600), deadlineMs: 5000)
        let own = try wallet.invitations(deadlineMs: 5000)
        let nora = try #require(own.invitations.first)
        #expect(own.live && nora.id == made.id && nora.reference == made.reference && nora.status == .pending)
        #expect(nora.name == "Nora" && nora.host == "Mia" && nora.sites == [1] && nora.maxUses == 2)
        #expect(nora.note == "With a cello")
        let text = try wallet.invitationCode(id: made.id, deadlineMs: 5000).code
        let scan = try #require(try station.show(Frame().showing(text)))
        #expect(scan.verdict == .verified && scan.name == "Nora" && scan.host == "Mia")
        try station.abandon(event: scan.event)

        #expect(try wallet.cancel(id: made.id, deadlineMs: 5000).status == .cancelled)
        station.nothingInSight()
        #expect(try station.show(Frame().showing(text))?.code == "cancelled")
        server.kill()
        let kept = try wallet.invitations(deadlineMs: 500)
        #expect(!kept.live && kept.invitations.map(\.name) == ["Nora"])
    }

    @Test func theAppLocksItselfAfterTheTimeThatTheMemberChose() throws {
        #expect(try wallet.appLock().locked && wallet.appLock().after == .fiveMinutes)
        #expect(code { try wallet.setAppLock(after: .oneHour) } == "Locked app_locked")
        try wallet.appUnlocked()
        try wallet.setAppLock(after: .oneMinute)
        #expect(try !wallet.appLock().locked && wallet.appLock().locksInMs == nil)
        try wallet.appLeft()
        #expect(try wallet.appLock().locksInMs ?? 0 > 0)
        time.passedMs.withLock { $0 = 60_001 }
        #expect(try wallet.status().lock.locked)
    }

    @Test func aKeyStoreThatThrowsLeavesTheCodesOfTheServer() throws {
        let wallet = try MemberWallet.open(
            folder: folder.path("other"), secrets: Secrets(), time: time, signer: BrokenKeys())
        try wallet.join(at: server)
        #expect(try wallet.code(deadlineMs: 5000).source == .online)
        #expect(code { _ = try wallet.renewCertificate(deadlineMs: 5000) } == "Platform device_key_failed")
    }
}
