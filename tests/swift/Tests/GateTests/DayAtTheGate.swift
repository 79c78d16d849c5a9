import Foundation
import GatehouseCore
import Testing

/// A guard's day, from the enrolment of the phone to the end of the shift, against a real server.
@Suite struct DayAtTheGate {
    private let folder: Folder
    private let secrets = Secrets()
    private let time = Time()

    init() throws { folder = try Folder() }

    private func open() throws -> GuardStation {
        try GuardStation.open(folder: folder.path("station"), secrets: secrets, time: time)
    }

    @Test func aDayAtTheGate() throws {
        let server = try Server(in: folder.url)
        do {
            let station = try open()
            try morning(station, server)
            try visitorWithACode(station, server)
            try forgery(station)
        }
        let frame = try Frame().showing(server.invitation(for: "Otto"))
        server.kill()
        let scan = try withoutNetwork(open(), frame)
        try server.restart()
        // The app was ended meanwhile; what was shown is there.
        try evening(open(), frame, scan)
    }

    private func morning(_ station: GuardStation, _ server: Server) throws {
        #expect(code { _ = try station.syncOnce(deadlineMs: 1000) } == "NotEnrolled not_enrolled")
        #expect(
            code { _ = try station.enrol(code: "GHE1:{}", name: nil, deadlineMs: 1000) }
                == "Rejected enrolment_code_malformed")
        try station.goToWork(at: server)
        #expect(try station.syncOnce(deadlineMs: 10_000).problem == nil)
        let status = try station.status()
        #expect(status.guard == "Grace" && status.shift?.siteName == "Main gate")
        #expect(status.packAge == "fresh" && status.clockTrusted)
    }

    private func visitorWithACode(_ station: GuardStation, _ server: Server) throws {
        #expect(try station.show(Frame()) == nil)
        let frame = try Frame().showing(server.invitation(for: "Vera"))
        let scan = try #require(try station.show(frame))
        #expect(scan.verdict == .verified && scan.code == "ok" && scan.online)
        #expect(scan.kind == .visitor && scan.name == "Vera")
        #expect(scan.checks.contains { $0.check == "online" && $0.state == .passed })
        #expect(try station.show(frame)?.again == true)
        #expect(try station.decide(event: scan.event, granted: true, reason: nil, photo: photo(), fix: nil).onSite)

        #expect(try station.onSite(deadlineMs: 5000).map(\.stay) == [scan.event])
        #expect(try station.show(frame)?.departureOf == scan.event)
        try station.depart(stay: scan.event, fix: nil, deadlineMs: 5000)
        #expect(try station.onSite(deadlineMs: 5000).isEmpty)
    }

    private func forgery(_ station: GuardStation) throws {
        let scan = try station.scan(code: "FORGED", fix: nil)
        #expect(scan.verdict == .denied && scan.code == "malformed")
        let grant = { reason in
            try station.decide(event: scan.event, granted: true, reason: reason, photo: nil, fix: nil)
        }
        #expect(code { _ = try grant(nil) } == "Incomplete reason_required")
        #expect(try grant("The host vouched by phone").flagged)
        #expect(try station.syncOnce(deadlineMs: 10_000).waiting == 0)
    }

    private func withoutNetwork(_ station: GuardStation, _ frame: Frame) throws -> ScanResult {
        let scan = try #require(try station.show(frame))
        #expect(scan.verdict == .caution && scan.code == "offline" && !scan.online)
        #expect(try station.syncOnce(deadlineMs: 2000).problem == "unreachable")
        let walkUp = try station.walkUp(name: "Willem", site: nil, photo: photo(), fix: nil)
        #expect(walkUp.verdict == nil && walkUp.hasPhoto)
        #expect(try station.decide(event: walkUp.event, granted: true, reason: nil, photo: nil, fix: nil).onSite)
        return scan
    }

    private func evening(_ station: GuardStation, _ frame: Frame, _ scan: ScanResult) throws {
        let waiting = try station.status().outbox.waiting
        #expect(waiting >= 3)
        let again = try #require(try station.show(frame))
        #expect(again.event == scan.event && again.again)
        _ = try station.decide(event: scan.event, granted: false, reason: nil, photo: nil, fix: nil)
        let report = try station.syncOnce(deadlineMs: 10_000)
        #expect(report.problem == nil && report.sent == waiting + 1 && report.waiting == 0)
        try station.endShift(fix: nil)
        #expect(try station.status().shift == nil)
        #expect(try station.syncOnce(deadlineMs: 10_000).sent == 1)
    }

    @Test func aMemberWithAndWithoutANetwork() throws {
        let server = try Server(in: folder.url)
        let station = try open()
        try station.goToWork(at: server)
        // No key in hardware here: one that lies in the secret store.
        let wallet = try MemberWallet.open(folder: folder.path("wallet"), secrets: Secrets(), time: time, signer: nil)
        let early = code { _ = try wallet.requestCode(email: Server.membersAddress, deadlineMs: 1000) }
        #expect(early == "NotJoined not_joined")
        #expect(try wallet.join(code: server.memberCode(), deadlineMs: 5000).organisation == "Oakwood")
        _ = try wallet.requestCode(email: Server.membersAddress, deadlineMs: 5000)
        let oneTimeCode = try server.oneTimeCode(for: Server.membersAddress)
        #expect(try wallet.signIn(email: Server.membersAddress, code: oneTimeCode, deadlineMs: 5000).name == "Mia")
        let online = try wallet.code(deadlineMs: 5000)
        #expect(online.source == .online)
        _ = try station.syncOnce(deadlineMs: 10_000)
        #expect(try station.show(Frame().showing(online.text))?.verdict == .verified)

        server.kill()
        let minted = try wallet.offlineCode()
        #expect(minted.source == .offline)
        let scan = try #require(try station.show(Frame().showing(minted.text)))
        #expect(scan.verdict == .caution && scan.kind == .device && scan.name == "Mia")
    }
}

/// A photo as a camera takes it.
private func photo() throws -> Data {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return try Data(contentsOf: folder.appendingPathComponent("photo.jpg"))
}
