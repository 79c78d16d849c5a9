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
            try visitorWithAPicture(station, server)
            try forgery(station)
            try lunch(station)
        }
        let otto = try server.invite("Otto")
        _ = try server.invite("Emma", maxUses: 2)
        #expect(try open().syncOnce(deadlineMs: 10_000).problem == nil)
        let (badge, frame) = (try server.picture(of: otto), try Frame().showing(otto.code))
        server.kill()
        try visitorsWithoutACode(open(), badge)
        let scan = try withoutNetwork(open(), frame)
        try server.restart()
        // The app was ended meanwhile; what was shown is there.
        try evening(open(), frame, scan)
    }

    private func morning(_ station: GuardStation, _ server: Server) throws {
        #expect(code { _ = try station.syncOnce(deadlineMs: 1000) } == "NotEnrolled not_enrolled")
        let malformed = code { _ = try station.enrol(code: "GHE1:{}", name: nil, deadlineMs: 1000) }
        #expect(malformed == "Rejected enrolment_code_malformed")
        #expect(code { _ = try station.startShift(site: 1, fix: nil, deadlineMs: 1000) } == "NotEnrolled not_enrolled")
        try station.goToWork(at: server)
        let again = try server.enrolmentCode()
        #expect(
            code { _ = try station.enrol(code: again, name: nil, deadlineMs: 1000) } == "Rejected already_enrolled")
        let running = code { _ = try station.startShift(site: 3, fix: nil, deadlineMs: 1000) }
        #expect(running == "Rejected shift_running")
        let status = try station.status()
        #expect(status.guard == "Grace" && status.shift?.siteName == "Main gate")
        #expect(try status.guardId == station.guards().first?.person)
        #expect(status.packAge == .fresh && status.clockTrusted && status.earliestMs == nil)
    }

    private func visitorWithACode(_ station: GuardStation, _ server: Server) throws {
        #expect(try station.show(Frame()) == nil)
        let frame = try Frame().showing(server.invite("Vera").code)
        let scan = try #require(try station.show(frame))
        #expect(scan.verdict == .verified && scan.code == "ok" && scan.online)
        #expect(scan.kind == .visitor && scan.name == "Vera" && scan.photo == .optional)
        #expect(scan.checks.contains { $0.check == "online" && $0.state == .passed })
        #expect(try station.show(frame)?.again == true)
        #expect(try station.decide(event: scan.event, granted: true, reason: nil, photo: photo(), fix: nil).onSite)

        #expect(try station.onSite(deadlineMs: 5000).map(\.stay) == [scan.event])
        #expect(try station.show(frame) == nil)
        station.nothingInSight()
        #expect(try station.show(frame)?.departureOf == scan.event)
        try station.depart(stay: scan.event, fix: nil, deadlineMs: 5000)
        #expect(try station.onSite(deadlineMs: 5000).isEmpty)
    }

    private func visitorWithAPicture(_ station: GuardStation, _ server: Server) throws {
        let scan = try station.scanPicture(picture: server.picture(of: server.invite("Pia")), fix: nil)
        #expect(scan.verdict == .verified && scan.name == "Pia")
        let decide = { granted in
            try station.decide(event: scan.event, granted: granted, reason: nil, photo: nil, fix: nil)
        }
        #expect(try decide(false).granted == false)
        #expect(code { _ = try decide(true) } == "Rejected already_decided")
        let blank = try photo()
        #expect(code { _ = try station.scanPicture(picture: blank, fix: nil) } == "Rejected no_code")
    }

    private func forgery(_ station: GuardStation) throws {
        let scan = try station.scan(code: "FORGED", fix: nil)
        #expect(scan.verdict == .denied && scan.code == "malformed")
        let grant = { reason in
            try station.decide(event: scan.event, granted: true, reason: reason, photo: nil, fix: nil)
        }
        #expect(code { _ = try grant(nil) } == "Incomplete reason_required")
        #expect(try grant("The host vouched by phone").flagged)
        let report = try station.syncOnce(deadlineMs: 10_000)
        #expect(report.problem == nil && report.photos == 1 && report.waiting == 0)
    }

    private func lunch(_ station: GuardStation) throws {
        #expect(code { try station.setPin(pin: "111111") } == "Incomplete pin_unsuitable")
        try station.setPin(pin: "270419")
        try station.lock()
        #expect(code { _ = try station.scan(code: "FORGED", fix: nil) } == "NotSignedIn locked")
        let grace = try #require(try station.guards().first)
        #expect(grace.name == "Grace" && grace.hasPin && grace.waitMs == 0)
        let guessed = code { _ = try station.unlock(person: grace.person, pin: "270418") }
        #expect(guessed == "PinRefused wrong_pin")
        #expect(try station.unlock(person: grace.person, pin: "270419").name == "Grace")

        let scan = try station.scan(code: "FORGED AGAIN", fix: nil)
        #expect(try station.undecided().map(\.event) == [scan.event])
        try station.report(event: scan.event, note: "The same paper as before", photo: nil, fix: nil)
        try station.abandon(event: scan.event)
        #expect(try station.undecided().isEmpty)
    }

    private func visitorsWithoutACode(_ station: GuardStation, _ badge: Data) throws {
        let emma = try #require(try station.expected(query: "em", site: 1).first)
        #expect(emma.name == "Emma" && emma.sites == [1] && emma.maxUses == 2)
        let arrival = try station.arrive(invitation: emma.invitation, photo: badge, fix: nil)
        #expect(arrival.kind == .expected && arrival.verdict == .caution && arrival.code == "unproven")
        let nameless = code {
            _ = try station.walkUp(name: " ", host: nil, reason: nil, site: nil, photo: nil, fix: nil)
        }
        #expect(nameless == "Incomplete name_required")
        let walkUp = try station.walkUp(name: "Willem", host: nil, reason: nil, site: nil, photo: nil, fix: nil)
        #expect(walkUp.verdict == nil && !walkUp.hasPhoto && arrival.hasPhoto)
        for event in [arrival.event, walkUp.event] {
            #expect(try station.decide(event: event, granted: true, reason: nil, photo: nil, fix: nil).onSite)
        }
    }

    private func withoutNetwork(_ station: GuardStation, _ frame: Frame) throws -> ScanResult {
        let scan = try #require(try station.show(frame))
        #expect(scan.verdict == .caution && scan.code == "offline" && !scan.online)
        let reason = try #require(scan.reasons.first)
        #expect(reason.fact == .gatePack && reason.code == "offline" && reason.ageS ?? -1 >= 0)
        let report = try station.syncOnce(deadlineMs: 2000)
        #expect(report.problem == "unreachable" && report.nextTryInMs ?? 0 > 0)
        #expect(try station.syncIfDue(deadlineMs: 2000) == nil)
        return scan
    }

    private func evening(_ station: GuardStation, _ frame: Frame, _ scan: ScanResult) throws {
        let outbox = try station.status().outbox
        #expect(outbox.waiting >= 5 && outbox.photos == 1)
        let again = try #require(try station.show(frame))
        #expect(again.event == scan.event && again.again)
        _ = try station.decide(event: scan.event, granted: false, reason: nil, photo: nil, fix: nil)
        let report = try station.syncOnce(deadlineMs: 10_000)
        #expect(report.problem == nil && report.sent == outbox.waiting + 2)
        #expect(report.photos == 1 && report.waiting == 0 && report.stuck == 0)
        #expect(try Set(station.onSite(deadlineMs: 5000).map(\.name)) == ["Emma", "Willem"])
        try station.endShift(fix: nil)
        #expect(try station.status().shift == nil)
        #expect(try station.syncOnce(deadlineMs: 10_000).sent == 1)
    }
}
