import GatehouseCore
import Testing

/// What a station tells by itself, and listeners that lose interest.
@Suite struct Events {
    private let folder: Folder
    private let server: Server
    private let time = Time()
    private let station: GuardStation

    init() throws {
        folder = try Folder()
        server = try Server(in: folder.url)
        station = try GuardStation.open(folder: folder.path("station"), secrets: Secrets(), time: time)
        try station.goToWork(at: server)
    }

    @Test func aShiftThatEndsByItselfIsTold() async throws {
        let before = try await station.latestEvent()
        let events = station.events()
        let waiting = Task { await events.nextEvent(after: before) }
        time.passedMs.withLock { $0 = 14 * 3_600_000 + 1 }
        try station.tick()
        #expect(await waiting.value != nil)
        let ended = await station.heard(after: before).compactMap { event -> String? in
            if case .shiftEnded(let shift) = event { shift.siteName } else { nil }
        }
        #expect(ended == ["Main gate"])
        #expect(code { _ = try station.scan(code: "FORGED", fix: nil) } == "NoShift no_shift")
    }

    @Test func aNewGatePackIsTold() async throws {
        let before = try await station.latestEvent()
        let seq = try #require(try station.status().packSeq)
        _ = try server.local("site", "add", "--name", "Side gate")
        _ = try station.syncOnce(deadlineMs: 10_000)
        let told = await station.heard(after: before).compactMap { event -> UInt64? in
            if case .packChanged(let seq, _) = event { seq } else { nil }
        }
        #expect(told.count == 1 && told.allSatisfy { $0 > seq })
    }

    @Test func aRevokedStationIsToldAndGoesOnAsANewDevice() async throws {
        let before = try await station.latestEvent()
        let former = try #require(try station.status().device)
        _ = try server.local("device", "revoke", former)
        #expect(try station.syncOnce(deadlineMs: 10_000).problem == "device_revoked")
        #expect(await station.heard(after: before).contains(.mustEnrolAnew))
        #expect(try station.status().mustEnrolAnew)
        try station.endShift(fix: nil)
        let shift = code { _ = try station.startShift(site: 1, fix: nil, deadlineMs: 5000) }
        #expect(shift == "MustEnrolAnew device_revoked")
        let device = try station.enrol(code: server.enrolmentCode(), name: nil, deadlineMs: 5000).device
        #expect(try device != former && !station.status().mustEnrolAnew)
        #expect(try station.syncOnce(deadlineMs: 10_000).problem == nil)
    }

    @Test func aGuardWhomTheServerRefusesIsToldSo() async throws {
        let frame = try Frame().showing(server.invite("Vera").code)
        _ = try station.syncOnce(deadlineMs: 10_000)
        let before = try await station.latestEvent()
        _ = try server.local("user", "revoke", Server.guardsAddress)
        #expect(try station.show(frame)?.online == false)
        #expect(await station.heard(after: before).contains(.guardRefused(code: "session_ended")))
        #expect(try station.status().guardRefused == "session_ended")
        try station.endShift(fix: nil)
        let ended = code { _ = try station.startShift(site: 1, fix: nil, deadlineMs: 5000) }
        #expect(ended == "NotSignedIn session_ended")
    }

    @Test func aCancelledListenerLosesNothing() async throws {
        let events = station.events()
        var last = try await station.latestEvent()
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
}
