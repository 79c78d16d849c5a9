import Foundation
import GatehouseCore
import Testing

/// Calls that are given up in the middle, and a platform that fails.
@Suite struct Faults {
    private let folder: Folder
    private let server: Server
    private let secrets = Secrets()
    private let time = Time()
    private let station: GuardStation

    init() throws {
        folder = try Folder()
        server = try Server(in: folder.url)
        station = try GuardStation.open(folder: folder.path("station"), secrets: secrets, time: time)
        try station.goToWork(at: server)
    }

    @Test func aScanThatNobodySawTheResultOfIsAmongTheUndecided() async throws {
        let frame = try Frame().showing(server.invite("Vera").code)
        _ = try station.syncOnce(deadlineMs: 10_000)
        server.freeze()
        let screen = Task.detached { [station] in try station.show(frame) }
        try await Task.sleep(for: .milliseconds(100))
        screen.cancel()
        // It is over when the call is, cancelled or not.
        _ = await screen.result
        server.thaw()
        let scan = try #require(try station.undecided().first)
        #expect(scan.verdict == .caution && scan.code == "offline")
        #expect(try station.decide(event: scan.event, granted: true, reason: nil, photo: nil, fix: nil).onSite)
    }

    @Test func aSynchronisationThatIsGivenUpLeavesTheStationSound() async throws {
        let frame = try Frame().showing(server.invite("Vera").code)
        server.freeze()
        let sync = Task.detached { [station] in try station.syncOnce(deadlineMs: 2500) }
        let scan = Task.detached { [station] in try station.show(frame) }
        sync.cancel()
        let result = try #require(try await scan.value)
        #expect(result.verdict == .caution && result.code == "offline")
        _ = try await sync.value
        server.thaw()
        #expect(try station.syncOnce(deadlineMs: 10_000).problem == nil)
        #expect(try station.status().outbox.waiting == 0)
    }

    @Test func whoeverGoesOnOfflineHasTheOfflineVerdictAtOnce() async throws {
        let frame = try Frame().showing(server.invite("Vera").code)
        _ = try station.syncOnce(deadlineMs: 10_000)
        let at = folder.path("station")
        let now = try moment()
        let screens = GuardScreens.open(folder: at, secrets: secrets, time: time, language: "en", moment: now)
        var due = works(try screens.take(moment: moment(), input: .tick))
        while !due.isEmpty { due = works(screens.carry(id: due.removeFirst())) + due }
        #expect(screens.screen().kind == .camera)

        server.freeze()
        let (luma, width, height, stride) = (frame.luma, frame.width, frame.height, frame.rowStride)
        let shown = try moment()
        let scan = works(
            try screens.frame(moment: shown, luma: luma, width: width, height: height, rowStride: stride, turn: 0))
        let id = try #require(scan.first)
        let carried = Task.detached { screens.carry(id: id) }
        try await Task.sleep(for: .milliseconds(200))
        _ = try screens.take(moment: moment(), input: .tick)
        let checking = screens.screen()
        #expect(checking.kind == .checking)
        try await Task.sleep(for: .milliseconds(320))
        let button = try #require(checking.buttons.first { $0.label == "Go on offline" })
        let began = ContinuousClock.now
        _ = try screens.take(moment: moment(), input: .tap(screen: checking.number, action: button.action))
        _ = await carried.value
        #expect(ContinuousClock.now - began < .milliseconds(600))
        #expect(screens.screen().verdict?.colour == .caution)
        server.thaw()
    }

    private func moment() throws -> Moment {
        let now = try time.read()
        return Moment(runningMs: now.monotonicMs, wallMs: now.wallMs, zoneS: 0)
    }

    private func works(_ effects: [Effect]) -> [UInt64] {
        effects.compactMap { if case .work(let id) = $0 { id } else { nil } }
    }

    @Test func aPlatformThatThrowsIsAnErrorAndNothingIsLost() throws {
        let entries = try station.status().outbox.entries
        for (round, error) in ([PlatformError.Failed(reason: "locked"), Boom()] as [any Error]).enumerated() {
            secrets.broken.withLock { $0 = error }
            #expect(code { _ = try station.scan(code: "FORGED \(round)", fix: nil) } == "Platform secret_store")
            secrets.broken.withLock { $0 = nil }
            time.broken.withLock { $0 = error }
            #expect(code { _ = try station.status() } == "Platform clock_unreadable")
            time.broken.withLock { $0 = nil }
            #expect(try station.status().outbox.entries == entries + UInt64(round))
            #expect(try station.scan(code: "FORGED \(round)", fix: nil).again == false)
        }
        #expect(try station.syncOnce(deadlineMs: 10_000).sent == 2)

        let opening = code {
            _ = try GuardStation.open(folder: folder.path("other"), secrets: Forgetful(), time: time)
        }
        #expect(opening == "Platform secret_store")
    }
}
