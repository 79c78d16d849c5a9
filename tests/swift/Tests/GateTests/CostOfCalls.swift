import Foundation
import GatehouseCore
import Testing

/// Prints what crossing costs on this machine. It asserts no time.
@Suite struct CostOfCalls {
    private let build = coreBuild().debug ? "debug" : "release"

    private func print(cost what: String, of calls: Int, _ call: () throws -> Void) rethrows {
        let started = DispatchTime.now().uptimeNanoseconds
        for _ in 0..<calls { try call() }
        let each = Double(DispatchTime.now().uptimeNanoseconds - started) / 1e3 / Double(calls)
        Swift.print("cost of \(what), \(build): \((each * 10).rounded() / 10) us")
    }

    @Test func costOfCalls() throws {
        let folder = try Folder()
        let station = try GuardStation.open(folder: folder.path("station"), secrets: Secrets(), time: Time())
        let events = station.events()
        print(cost: "a call that returns nothing", of: 100_000) { events.stop() }
        print(cost: "a call that returns a small record", of: 100_000) { _ = coreBuild() }
        try print(cost: "a status, with what the core needs to find it", of: 1000) { _ = try station.status() }
        // Too small to hold a code, so all that is measured is the way of the bytes.
        let bytes = Data(count: 2 << 20)
        try print(cost: "2 MiB of a frame, without looking for a code", of: 10_000) {
            _ = try station.scanFrame(luma: bytes, width: 20, height: 20, rowStride: 20, fix: nil)
        }
        let frame = Frame(width: 1920, height: 1080)
        try print(cost: "a frame of 1920 x 1080 that shows no code", of: 20) { _ = try station.show(frame) }
    }
}
