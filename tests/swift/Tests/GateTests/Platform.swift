import Foundation
import GatehouseCore
import Synchronization

/// An error that the core knows nothing of.
struct Boom: Error {}

/// Secrets in memory; `broken` is thrown instead while it is set.
final class Secrets: SecretStore {
    private let kept = Mutex<[String: Data]>([:])
    let broken = Mutex<(any Error)?>(nil)

    func load(name: String) throws -> Data? {
        try fail()
        return kept.withLock { $0[name] }
    }

    func store(name: String, secret: Data) throws {
        try fail()
        kept.withLock { $0[name] = secret }
    }

    func delete(name: String) throws {
        try fail()
        kept.withLock { $0[name] = nil }
    }

    private func fail() throws {
        if let error = broken.withLock({ $0 }) { throw error }
    }
}

/// Secrets that say they are kept and are not.
final class Forgetful: SecretStore {
    func load(name: String) throws -> Data? { nil }
    func store(name: String, secret: Data) throws {}
    func delete(name: String) throws {}
}

/// This machine's clocks, of which both can be moved on; `broken` is thrown instead while it is set.
final class Time: DeviceTime {
    let passedMs = Mutex<Int64>(0)
    let broken = Mutex<(any Error)?>(nil)

    func read() throws -> TimeReading {
        if let error = broken.withLock({ $0 }) { throw error }
        let passed = passedMs.withLock { $0 }
        let wall = Int64(Date().timeIntervalSince1970 * 1000)
        let monotonic = Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000)
        return TimeReading(wallMs: wall + passed, monotonicMs: monotonic + passed, bootId: "boot")
    }
}

/// A key store that fails: by throwing, or with what is no signature.
final class BrokenKeys: DeviceSigner {
    func publicKey() throws -> Data { throw Boom() }
    func sign(message: Data) throws -> Data { Data(count: 64) }
    func forget() throws {}
}

/// A P-256 key as a phone's key store has it. Linux has neither Secure Enclave nor CryptoKit: the `openssl` command keeps
/// the key, and gives it as SubjectPublicKeyInfo and signatures as DER.
final class Keys: DeviceSigner {
    private let folder: Folder
    private let key: String
    /// Spoils the signatures while it is set.
    let sabotaged = Mutex(false)

    init() throws {
        folder = try Folder()
        key = folder.path("key.pem")
    }

    func publicKey() throws -> Data {
        if !FileManager.default.fileExists(atPath: key) {
            _ = try openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", key)
        }
        return try openssl("pkey", "-in", key, "-pubout", "-outform", "DER")
    }

    func sign(message: Data) throws -> Data {
        let file = folder.path(UUID().uuidString)
        try message.write(to: URL(fileURLWithPath: file))
        var signature = try openssl("dgst", "-sha256", "-sign", key, file)
        if sabotaged.withLock({ $0 }) { signature[signature.count - 1] ^= 1 }
        return signature
    }

    func forget() throws { try FileManager.default.removeItem(atPath: key) }

    private func openssl(_ arguments: String...) throws -> Data {
        let run = Process()
        let output = Pipe()
        run.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        run.arguments = arguments
        run.standardOutput = output
        try run.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        run.waitUntilExit()
        guard run.terminationStatus == 0 else { throw PlatformError.Failed(reason: "openssl \(arguments[0])") }
        return printed
    }
}

/// A camera's frame: only grey, rows padded.
struct Frame {
    let width: UInt32
    let height: UInt32
    let rowStride: UInt32
    private(set) var luma: Data

    init(width: UInt32 = 1280, height: UInt32 = 720) {
        (self.width, self.height, rowStride) = (width, height, width + 64)
        luma = Data(repeating: 170, count: Int(rowStride * height))
    }

    /// With the picture of a code held before the camera, each module `scale` wide.
    func showing(_ text: String, scale: Int = 4) throws -> Frame {
        var frame = self
        let code = try drawCode(text: text)
        let side = Int(code.side)
        let (left, top) = ((Int(width) - side * scale) / 2, (Int(height) - side * scale) / 2)
        for y in 0..<side * scale {
            for x in 0..<side * scale {
                let dark = code.luma[y / scale * side + x / scale] == 0
                frame.luma[(top + y) * Int(rowStride) + left + x] = dark ? 40 : 210
            }
        }
        return frame
    }
}

/// A photo as a camera takes it.
func photo() throws -> Data {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return try Data(contentsOf: folder.appendingPathComponent("photo.jpg"))
}

/// A folder that goes with the test.
final class Folder: Sendable {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("gatehouse-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}
