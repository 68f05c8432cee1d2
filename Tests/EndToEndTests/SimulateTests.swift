import Glibc
import Testing

/// The command that simulates, as a program.
@Suite("summa simulate")
struct SimulateTests {
    @Test("tells the same history in two processes, step by step")
    func sameHistory() throws {
        let arguments = ["simulate", "--seed", "11", "--steps", "600", "--trace"]
        let first = try SummaProcess.run(arguments)
        let second = try SummaProcess.run(arguments)
        #expect(first.status == 0, "\(first.output.suffix(2_000))")
        #expect(first.output.contains("history "))
        #expect(first.output == second.output)
    }

    @Test("tells another history under another seed")
    func otherHistory() throws {
        let outputs = try ["1", "2"].map { try SummaProcess.run(["simulate", "--seed", $0, "--steps", "50"]).output }
        #expect(outputs[0] != outputs[1])
    }

    @Test("goes through many seeds, and goes on until it is told to stop")
    func manySeeds() throws {
        let many = try SummaProcess.run(["simulate", "--seed", "3", "--seeds", "4", "--steps", "60"])
        #expect(many.status == 0)
        #expect(many.output.hasPrefix("ok: 4 seeds up to 6, 240 steps"), "\(many.output)")

        let endless = try SummaProcess(["simulate", "--forever", "--steps", "60"])
        while !endless.outputSoFar.contains("right up to seed 1: 1 seeds"), endless.isRunning { usleep(20_000) }
        endless.terminate()
        let outcome = try endless.wait()
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("\nok: "), "\(outcome.output)")
    }

    @Test("refuses a number of steps or seeds that is none", arguments: [["--steps", "0"], ["--seeds", "0"]])
    func refusals(arguments: [String]) throws {
        #expect(try SummaProcess.run(["simulate"] + arguments).status == 64)
    }
}
