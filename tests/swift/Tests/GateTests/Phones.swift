import Foundation
import GatehouseCore

extension GuardStation {
    /// Enrols the station, signs the guard in and starts the shift.
    func goToWork(at server: Server, site: UInt32 = 1, fix: Fix? = nil) throws {
        _ = try enrol(code: server.enrolmentCode(), name: "Gate phone", deadlineMs: 5000)
        try requestCode(email: Server.guardsAddress, deadlineMs: 5000)
        let code = try server.oneTimeCode(for: Server.guardsAddress)
        _ = try signIn(email: Server.guardsAddress, code: code, deadlineMs: 5000)
        _ = try startShift(site: site, fix: fix, deadlineMs: 5000)
        _ = try syncOnce(deadlineMs: 10_000)
    }

    /// Shows it a frame of the camera.
    func show(_ frame: Frame, fix: Fix? = nil) throws -> ScanResult? {
        try scanFrame(luma: frame.luma, width: frame.width, height: frame.height, rowStride: frame.rowStride, fix: fix)
    }

    /// Nothing is before the camera for so long that the code before it is scanned anew.
    func nothingInSight() { Thread.sleep(forTimeInterval: 2.1) }

    /// What was told after the event of that number. Events are told before the call that made them returns.
    func heard(after number: UInt64) async -> [StationEvent] {
        let listener = events()
        Task.detached {
            try? await Task.sleep(for: .milliseconds(200))
            listener.stop()
        }
        var heard: [Notice] = []
        while let notice = await listener.nextEvent(after: heard.last?.number ?? number) { heard.append(notice) }
        return heard.map(\.event)
    }

    /// The number of the latest event: all of them are there, so each is told at once.
    func latestEvent() async throws -> UInt64 {
        let events = events()
        _ = try scan(code: "MARK \(UInt64.random(in: 0...UInt64.max))", fix: nil)
        var last: UInt64 = 0
        while let notice = await events.nextEvent(after: last) {
            last = notice.number
            if case .outboxChanged = notice.event { return last }
        }
        throw Missing(what: "an event")
    }
}

extension MemberWallet {
    /// Joins the organisation and signs the member in.
    func join(at server: Server) throws {
        _ = try join(code: server.memberCode(), deadlineMs: 5000)
        _ = try requestCode(email: Server.membersAddress, deadlineMs: 5000)
        let code = try server.oneTimeCode(for: Server.membersAddress)
        _ = try signIn(email: Server.membersAddress, code: code, deadlineMs: 5000)
    }
}
