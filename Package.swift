// swift-tools-version: 6.1
import PackageDescription

/// The targets below the network: money, the engine, the log, the ledger and the payment rules.
/// They know no NIO, so that `SUMMA_CORE_ONLY=1 swift test` builds and runs their tests in a minute or two.
let coreOnly = Context.environment["SUMMA_CORE_ONLY"] != nil

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    // The hot path is generic over row types declared in other modules. Without these it runs unspecialised, at half the
    // speed: the first makes function bodies available to other modules, the second does so for `package` ones too.
    .unsafeFlags(["-cross-module-optimization", "-enable-testing"], .when(configuration: .release)),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

var dependencies: [Package.Dependency] = [
    .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2")
]

var targets: [Target] = [
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    library("Money"),
    library("JSON"),
    library("Storage", ["CSQLite", "CPostgreSQL"]),
    library("EventLog", ["Storage", "JSON", crypto]),
    library("Ledger", ["Money", "EventLog", "Storage", "JSON"]),
    library("Payments", ["Ledger", "Money", "EventLog", "Storage", "JSON", crypto]),
    library("Delivery", ["EventLog", "Storage", "JSON"]),
    library("Reconciliation", ["Payments", "Ledger", "Money", "EventLog", "Storage", "JSON", crypto]),
    library("SummaTestKit", ["Payments", "Ledger", "Money", "EventLog", "Storage", "JSON"]),
    tests("MoneyTests", ["Money", "SummaTestKit"]),
    tests("JSONTests", ["JSON", "SummaTestKit"]),
    tests("StorageTests", ["Storage", "SummaTestKit"]),
    tests("EventLogTests", ["EventLog", "SummaTestKit"]),
    tests("LedgerTests", ["Ledger", "SummaTestKit"]),
    tests("PaymentsTests", ["Payments", "SummaTestKit"]),
    tests("DeliveryTests", ["Delivery", "SummaTestKit"]),
    tests("ReconciliationTests", ["Reconciliation", "SummaTestKit"]),
    tests("TidyTests"),
]

if !coreOnly {
    dependencies += [
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    ]
    targets += [
        library("Providers", ["Payments", "Money", "JSON", crypto, httpClient]),
        library(
            "HTTPAPI",
            [
                "Reconciliation", "Delivery", "Providers", "Payments", "Ledger", "Money", "EventLog", "Storage", "JSON",
                crypto, hummingbird,
            ]),
        // The stand-in for a real provider: its own process, its own file, no word of Summa's domain.
        library("Sandbox", ["Storage", "JSON", crypto, hummingbird, httpClient]),
        // Everything in one process under a seed: what may happen between us and the world, drawn again and again.
        library(
            "Simulation",
            [
                "Sandbox", "Reconciliation", "Delivery", "Providers", "Payments", "Ledger", "Money", "EventLog",
                "Storage",
                "JSON", crypto, httpClient,
            ]),
        .executableTarget(
            name: "summa",
            dependencies: [
                "Simulation", "HTTPAPI", "Sandbox", "Reconciliation", "Delivery", "Providers", "Payments", "Ledger",
                "Money",
                "EventLog", "Storage", "JSON", arguments, httpClient,
            ],
            swiftSettings: settings,
            // The memory allocator: rows are made on one thread and given back on another, which glibc's is slow at.
            linkerSettings: [.linkedLibrary("jemalloc")]),
        tests("ProvidersTests", ["Providers", "Sandbox", "Delivery", "SummaTestKit", crypto, hummingbird, httpClient]),
        tests("HTTPAPITests", ["HTTPAPI", "SummaTestKit", httpClient]),
        tests("SandboxTests", ["Sandbox", "SummaTestKit", crypto, hummingbird, httpClient]),
        tests("SimulationTests", ["Simulation", "SummaTestKit"]),
        tests(
            "EndToEndTests", ["summa", "Payments", "Ledger", "EventLog", "Storage", "JSON", "SummaTestKit", httpClient]),
    ]
}

let package = Package(
    name: "summa",
    products: coreOnly ? [] : [.executable(name: "summa", targets: ["summa"])],
    dependencies: dependencies,
    targets: targets
)
