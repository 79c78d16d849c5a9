import Foundation
import GatehouseCore
import Testing

/// What a station tells by itself, calls that are given up in the middle, and a platform that fails.
@Suite struct EventsAndFaults {
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
        _ = try station.syncOnce(deadlineMs: 10_000)
    }

    /// The number of the latest event: all of them are there, so each is told at once.
    private func latest(_ events: StationEvents) async throws -> UInt64 {
        _ = try station.scan(code: "MARK \(UUID().uuidString)", fix: nil)
        var last: UInt64 = 0
        while let notice = await events.nextEvent(after: last) {
            last = notice.number
            if case .outboxChanged = notice.event { return last }
        }
        throw Missing(what: "an event")
    }

    @Test func aShiftThatEndsByItselfIsTold() async throws {
        let events = station.events()
        let before = try await latest(events)
        let waiting = Task { await events.nextEvent(after: before) }
        time.passedMs.withLock { $0 = 14 * 3_600_000 + 1 }
        try station.tick()
        var notice = await waiting.value
        var ended: ShiftState?
        while ended == nil, let told = notice {
            if case .shiftEnded(let shift) = told.event { ended = shift }
            if ended == nil { notice = await events.nextEvent(after: told.number) }
        }
        #expect(ended?.siteName == "Main gate")
        #expect(code { _ = try station.scan(code: "FORGED", fix: nil) } == "NoShift no_shift")
    }

    @Test func aCancelledListenerLosesNothing() async throws {
        let events = station.events()
        var last = try await latest(events)
        for round in 0..<50 {
            let listener = station.events()
            let task = Task { [last] in
                await withTaskCancellationHandler {
                    await listener.nextEvent(after: last)
                } onCancel: {
                    listener.stop()
                }
            }
            if round % 2 == 0 { await Task.yield() }
            task.cancel()
            _ = try station.scan(code: "FORGED \(round)", fix: nil)
            _ = await task.value
            let notice = try #require(await events.nextEvent(after: last))
            guard case .outboxChanged = notice.event else { throw Missing(what: "the outbox of round \(round)") }
            last = notice.number
        }
        #expect(try station.status().outbox.waiting == 51)
    }

    @Test func aCallThatIsGivenUpLeavesTheStationSound() async throws {
        let frame = try Frame().showing(server.invitation(for: "Vera"))
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

    @Test func aKeyStoreThatThrowsLeavesTheCodesOfTheServer() throws {
        let path = folder.path("wallet")
        let wallet = try MemberWallet.open(folder: path, secrets: Secrets(), time: time, signer: Keys())
        _ = try wallet.join(code: server.memberCode(), deadlineMs: 5000)
        _ = try wallet.requestCode(email: Server.membersAddress, deadlineMs: 5000)
        let oneTimeCode = try server.oneTimeCode(for: Server.membersAddress)
        _ = try wallet.signIn(email: Server.membersAddress, code: oneTimeCode, deadlineMs: 5000)
        #expect(try wallet.code(deadlineMs: 5000).source == .online)
        #expect(code { _ = try wallet.renewCertificate(deadlineMs: 5000) } == "Platform device_key_failed")
    }

    @Test func costOfCalls() throws {
        let events = station.events()
        print(cost: "a call that returns nothing", of: 100_000) { events.stop() }
        print(cost: "a call that returns a short text", of: 100_000) { _ = coreVersion() }
        try print(cost: "a status, with what the core needs to find it", of: 1000) { _ = try station.status() }
        // Too small to hold a code, so all that is measured is the way of the 2 MiB.
        let bytes = Data(count: 2 << 20)
        try print(cost: "a frame of 2 MiB, without looking for a code", of: 10_000) {
            _ = try station.scanFrame(luma: bytes, width: 20, height: 20, rowStride: 20, fix: nil)
        }
    }

    private func print(cost what: String, of calls: Int, _ call: () throws -> Void) rethrows {
        let started = DispatchTime.now().uptimeNanoseconds
        for _ in 0..<calls { try call() }
        let each = Double(DispatchTime.now().uptimeNanoseconds - started) / 1e3 / Double(calls)
        Swift.print("cost of \(what): \((each * 10).rounded() / 10) us")
    }
}
