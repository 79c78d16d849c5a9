import Foundation
import GatehouseCore
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// A real `gatehouse serve` with a small organisation: three gates, a guard who works at the first and at the third, and
/// a member. Only the third gate knows where it lies, and takes scans from nowhere else. Not furnished it has nobody.
final class Server {
    static let guardsAddress = "guard@oakwood.example"
    static let membersAddress = "mia@oakwood.example"
    static let atRiverGate = Fix(latitudeE6: 52_370_300, longitudeE6: 4_895_200, accuracyM: 8)
    static let farAway = Fix(latitudeE6: 52_380_000, longitudeE6: 4_895_200, accuracyM: 8)

    let url: String
    private let data: URL
    private let log: URL
    private var process: Process

    init(in folder: URL, furnished: Bool = true) throws {
        data = folder.appendingPathComponent("server")
        log = folder.appendingPathComponent("server.log")
        (process, url) = try Self.start(data: data, log: log, port: 0)
        if furnished { try furnish() }
    }

    deinit { kill() }

    private func furnish() throws {
        _ = try local("site", "add", "--name", "Main gate")
        _ = try local("site", "add", "--name", "Back gate")
        let river = ["--location", "52.370216,4.895168,100", "--geofence", "block"]
        _ = try local(["site", "add", "--name", "River gate"] + river)
        for (address, role, name) in [(Self.guardsAddress, "guard", "Grace"), (Self.membersAddress, "member", "Mia")] {
            _ = try local("user", "add", "--email", address, "--role", role, "--name", name)
        }
        _ = try local("user", "assign", Self.guardsAddress, "--site", "1", "--site", "3")
        _ = try local("user", "assign", Self.membersAddress, "--site", "1")
    }

    /// Runs a local command on its data, and gives the JSON that it prints.
    func local(_ arguments: String...) throws -> [String: Any] { try local(arguments) }

    func local(_ arguments: [String]) throws -> [String: Any] {
        let run = Process()
        let output = Pipe()
        run.executableURL = try Self.binary()
        run.arguments = arguments + ["--data", data.path, "--json"]
        run.standardOutput = output
        try run.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        run.waitUntilExit()
        try #require(run.terminationStatus == 0, "\(arguments): \(String(decoding: printed, as: UTF8.self))")
        return try #require(try JSONSerialization.jsonObject(with: printed) as? [String: Any])
    }

    /// The text of a fresh enrolment code.
    func enrolmentCode() throws -> String {
        try #require(local("device", "code", "--url", url)["code"] as? String)
    }

    /// What the organisation shows to its members.
    func memberCode() throws -> String {
        try #require(local("member-code", "--url", url)["code"] as? String)
    }

    /// Invites a visitor.
    func invite(_ name: String, to site: Int = 1, maxUses: Int? = nil) throws -> Invited {
        let limit = maxUses.map { ["--max-uses", "\($0)"] } ?? []
        let made = try local(["invitation", "add", "--name", name, "--site", "\(site)"] + limit)
        return Invited(id: try #require(made["id"] as? String), code: try #require(made["code"] as? String))
    }

    /// Draws the code of an invitation as a PNG.
    func picture(of invited: Invited) throws -> Data {
        let file = data.appendingPathComponent("\(invited.id).png")
        _ = try local("pass", "issue", "--invitation", invited.id, "--png", file.path)
        return try Data(contentsOf: file)
    }

    /// The last one-time code that it would have sent.
    func oneTimeCode(for address: String) throws -> String {
        let before = "one-time code for \(address): "
        for _ in 0..<200 {
            let text = try String(contentsOf: log, encoding: .utf8)
            if let found = text.range(of: before, options: .backwards) {
                return String(text[found.upperBound...].prefix(6))
            }
            usleep(50_000)
        }
        throw Missing(what: "a one-time code for \(address)")
    }

    /// Ends it without warning.
    func kill() {
        guard process.isRunning else { return }
        _ = signal(SIGKILL)
        process.waitUntilExit()
    }

    /// Starts it again after `kill`, where it was.
    func restart() throws {
        let port = try #require(url.split(separator: ":").last.flatMap { Int($0) })
        (process, _) = try Self.start(data: data, log: log, port: port)
    }

    /// Connections are taken, but nothing is answered, until `thaw`.
    func freeze() { #expect(signal(SIGSTOP)) }

    func thaw() { #expect(signal(SIGCONT)) }

    private func signal(_ number: Int32) -> Bool {
        Glibc.kill(process.processIdentifier, number) == 0
    }

    private static func binary() throws -> URL {
        URL(fileURLWithPath: try #require(ProcessInfo.processInfo.environment["GATEHOUSE_BIN"]))
    }

    private static func start(data: URL, log: URL, port: Int) throws -> (Process, String) {
        let process = Process()
        process.executableURL = try binary()
        process.arguments = ["serve", "--org", "oak", "--name", "Oakwood", "--data", data.path]
        process.arguments? += ["--listen", "127.0.0.1:\(port)"]
        try Data().write(to: log)
        let output = try FileHandle(forWritingTo: log)
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        for _ in 0..<600 {
            let text = try String(contentsOf: log, encoding: .utf8)
            if let line = text.firstMatch(of: /http:\/\/127\.0\.0\.1:\d+/) { return (process, String(line.output)) }
            usleep(100_000)
        }
        throw Missing(what: "the server's address")
    }
}

/// An invitation, and the text of its code.
struct Invited {
    let id: String
    let code: String
}

/// What was waited for did not come.
struct Missing: Error {
    let what: String
}
