import Foundation
import GatehouseCore
import Testing

/// What becomes of entries: set aside where damage cut them off, taken along, erased.
@Suite struct OutboxTests {
    private let folder: Folder
    private let server: Server
    private let secrets = Secrets()

    init() throws {
        folder = try Folder()
        server = try Server(in: folder.url)
    }

    private func open(_ name: String = "station") throws -> GuardStation {
        try GuardStation.open(folder: folder.path(name), secrets: secrets, time: Time())
    }

    /// A copy of the station that a damaged page of its database cost a piece out of the middle of its journal.
    private func cut() throws -> GuardStation {
        let database = try Data(contentsOf: URL(fileURLWithPath: folder.path("station/station.db")))
        let pages = database.count / 4096
        for page in Array(pages / 2..<pages) + Array(1..<pages / 2) {
            let copy = "damaged-\(page)"
            try FileManager.default.copyItem(atPath: folder.path("station"), toPath: folder.path(copy))
            var damaged = database
            damaged.replaceSubrange(page * 4096..<(page + 1) * 4096, with: Data(repeating: 0x5a, count: 4096))
            try damaged.write(to: URL(fileURLWithPath: folder.path("\(copy)/station.db")))
            let station = try open(copy)
            guard let salvaged = try station.status().salvaged, salvaged.enrolled else { continue }
            if min(salvaged.entries, salvaged.apart) > 0 { return station }
        }
        throw Missing(what: "a page that cuts the journal")
    }

    @Test func whatDamageCutOffIsSeenTakenAlongAndSent() throws {
        do {
            let station = try open()
            try station.goToWork(at: server)
            for number in 0..<40 { _ = try station.scan(code: "FORGED \(number)", fix: nil) }
            #expect(try station.status().salvaged == nil)
        }
        let station = try cut()
        let status = try station.status()
        let salvaged = try #require(status.salvaged)
        #expect(status.mustEnrolAnew && !salvaged.complete && salvaged.entries > 0 && salvaged.setAside != "")
        let stuck = try station.stuck()
        #expect(UInt64(stuck.count) == salvaged.apart)
        #expect(stuck.allSatisfy { $0.code == "behind_gap" && $0.former == status.device && $0.kind == .scan })
        #expect(try station.stuckPhotos().isEmpty)
        let early = try station.retryStuck()
        #expect(early.entries == 0 && early.left == salvaged.apart)

        _ = try station.enrol(code: server.enrolmentCode(), name: nil, deadlineMs: 5000)
        #expect(try station.status().salvaged == nil)
        #expect(try station.retryStuck().entries == salvaged.apart)
        let report = try station.syncOnce(deadlineMs: 10_000)
        #expect(report.problem == nil && report.waiting == 0 && report.stuck == 0)
        #expect(try station.stuck().isEmpty)
    }

    @Test func aPersonIsErasedOnceTheServerHasWhatWasWritten() throws {
        let station = try open()
        try station.goToWork(at: server)
        let vera = try server.invite("Vera")
        let scan = try #require(try station.show(Frame().showing(vera.code)))
        _ = try station.decide(event: scan.event, granted: true, reason: nil, photo: photo(), fix: nil)
        _ = try station.syncOnce(deadlineMs: 10_000)
        let walkUp = try station.walkUp(name: "Willem", host: nil, reason: nil, site: nil, photo: nil, fix: nil)

        let gone = try station.erase(whose: .subject(subject: vera.id))
        #expect(gone.entries == 3 && gone.waiting == 0 && gone.filesSetAside.isEmpty)
        let later = try station.erase(whose: .events(events: [walkUp.event]))
        #expect(later.entries == 0 && later.waiting == 1)
        _ = try station.syncOnce(deadlineMs: 10_000)
        let undecided = try station.undecided()
        #expect(undecided.map(\.event) == [walkUp.event] && undecided.first?.name == nil)
        #expect(code { _ = try station.erase(whose: .subject(subject: "x")) } == "Rejected id_malformed")
    }
}
