// swift-tools-version: 6.0
// The generated Swift, compiled, and tests of it against the Rust library and a real server. tests/run puts the parts
// of this package together under target/bindings/swift; nothing generated lies here.
import Foundation
import PackageDescription

// A folder with the static library and nothing else, named by its hash: where a shared one lies beside it the linker
// would take that, and SwiftPM links again only where its arguments change.
let library = ProcessInfo.processInfo.environment["GATEHOUSE_LIBRARY"] ?? "library"

let package = Package(
    name: "gatehouse",
    targets: [
        .systemLibrary(name: "gatehouse_ffi"),
        // What UniFFI generates is not written for Swift 6.
        .target(
            name: "GatehouseCore",
            dependencies: ["gatehouse_ffi"],
            swiftSettings: [.swiftLanguageMode(.v5)]
        ),
        .testTarget(
            name: "GateTests",
            dependencies: ["GatehouseCore"],
            exclude: ["photo.jpg"],
            swiftSettings: [.unsafeFlags(["-warnings-as-errors"])],
            linkerSettings: [.unsafeFlags(["-L\(library)"]), .linkedLibrary("gatehouse_ffi"), .linkedLibrary("m")]
        ),
    ],
    swiftLanguageModes: [.v6]
)
