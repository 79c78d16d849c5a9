import Foundation
import GatehouseCore
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// A real `gatehouse serve` with a small organisation: two gates, a guard who works at the first, and a member.
final class Server {
    static let guardsAddress = "guard@oakwood.example"
    static let membersAddress = "mia@oakwood.example"

    let url: String
    private let data: URL
    private let log: URL
    private var process: Process

    init(in folder: URL) throws {
        data = folder.appendingPathComponent("server")
        log = folder.appendingPathComponent("server.log")
        (process, url) = try Self.start(data: data, log: log, port: 0)
        _ = try local("site", "add", "--name", "Main gate")
        _ = try local("site", "add", "--name", "Back gate")
        for (address, role, name) in [(Self.guardsAddress, "guard", "Grace"), (Self.membersAddress, "member", "Mia")] {
            _ = try local("user", "add", "--email", address, "--role", role, "--name", name)
            _ = try local("user", "assign", address, "--site", "1")
        }
    }

    deinit { kill() }

    /// Runs a local command on its data, and gives the JSON that it prints.
    func local(_ arguments: String...) throws -> [String: Any] {
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

    /// What the organisation shows to its members: as the enrolment code, but without a secret.
    func memberCode() throws -> String {
        let json = Data(try enrolmentCode().dropFirst("GHE1:".count).utf8)
        let code = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        let shown = code.filter { ["url", "org", "root"].contains($0.key) }
        return "GHM1:" + String(decoding: try JSONSerialization.data(withJSONObject: shown), as: UTF8.self)
    }

    /// Invites a visitor, and gives the text of the code.
    func invitation(for name: String) throws -> String {
        try #require(local("invitation", "add", "--name", name, "--site", "1")["code"] as? String)
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

/// What was waited for did not come.
struct Missing: Error {
    let what: String
}

extension GuardStation {
    /// Enrols the station, signs the guard in and starts the shift.
    func goToWork(at server: Server) throws {
        _ = try enrol(code: server.enrolmentCode(), name: "Gate phone", deadlineMs: 5000)
        try requestCode(email: Server.guardsAddress, deadlineMs: 5000)
        let code = try server.oneTimeCode(for: Server.guardsAddress)
        _ = try signIn(email: Server.guardsAddress, code: code, deadlineMs: 5000)
        _ = try startShift(site: 1, fix: nil, deadlineMs: 5000)
    }

    /// Shows it a frame of the camera.
    func show(_ frame: Frame) throws -> ScanResult? {
        try scanFrame(luma: frame.luma, width: frame.width, height: frame.height, rowStride: frame.rowStride, fix: nil)
    }
}
