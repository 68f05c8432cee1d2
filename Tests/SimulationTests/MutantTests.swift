import Payments
import Simulation
import Storage
import SummaTestKit
import Testing

/// Something deliberately wrong is put where the product has a seam: a simulation that does not notice proves nothing.
@Suite("The simulation notices")
struct MutantTests {
    /// Within so many seeds it has to be found.
    private static let seeds: ClosedRange<UInt64> = 1...6
    private static let stepCount = 1_200

    // The engine may notice first, by a precondition: that ends the program of the tests.
    @Test(
        "a connection that", .enabled(if: Soak.isRequested, "may stop the engine, and the tests with it"),
        arguments: WrongConnection.Fault.allCases)
    func connections(fault: WrongConnection.Fault) throws {
        try expectFound { $0.connection = { WrongConnection($0, fault) } }
    }

    @Test("an adapter that", arguments: WrongProvider.Fault.allCases)
    func providers(fault: WrongProvider.Fault) throws {
        let count = Count()
        try expectFound { $0.provider = { WrongProvider(right: $0, fault: fault, count: count) } }
    }

    @Test("a relay that moves its cursor before it has published")
    func relay() throws {
        try expectFound { $0.relay = { HastyRelay(database: $0, publisher: $1).worker } }
    }

    @Test("a projection that overlooks events")
    func projection() throws {
        try expectFound { $0.projection = ForgetfulProjection() }
    }

    @Test("a tree that is not made of the events")
    func tree() throws {
        try expectFound { $0.log = ShortTree() }
    }

    private func expectFound(
        _ location: SourceLocation = #_sourceLocation, _ mutate: (inout Seams) -> Void
    ) throws {
        for seed in Self.seeds {
            var settings = Simulation.Settings(seed: seed, stepCount: Self.stepCount)
            mutate(&settings.seams)
            let place = try SimulationPlace()
            defer { place.remove() }
            do {
                if try !Simulation(settings, in: place.path).run().isRight { return }
            } catch {
                // It refused to go on and said why: noticed, too.
                return
            }
        }
        Issue.record("nobody noticed", sourceLocation: location)
    }
}
