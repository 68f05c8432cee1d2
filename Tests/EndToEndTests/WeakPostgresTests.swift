import Testing

/// What a server is set to is looked at before anything is written to it.
@Suite(
    "A PostgreSQL server that may lose what it has confirmed", .serialized,
    .enabled(if: OwnPostgres.isPossible, "needs a PostgreSQL server"))
struct WeakPostgresTests {
    private func outcome(_ command: String, on server: OwnPostgres) throws -> SummaProcess.Outcome {
        let scratch = try Scratch()
        let place = command == "serve" ? ["--data", scratch.file("books"), "--listen", "127.0.0.1:0"] : []
        return try SummaProcess.run([command, "--store", server.url] + place)
    }

    @Test(
        "is refused by the setting's name, and nothing is made in it", .timeLimit(.minutes(2)),
        arguments: ["fsync", "full_page_writes", "synchronous_commit"])
    func refused(setting: String) throws {
        let server = try OwnPostgres(["\(setting)=off"])
        for command in ["migrate", "serve"] {
            let outcome = try outcome(command, on: server)
            #expect(outcome.status != 0, "\(command): \(outcome.output)")
            #expect(outcome.errors.contains("PostgreSQL's \(setting) is off"), "\(command): \(outcome.errors)")
        }
        #expect(try server.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == "0")
    }

    @Test("is taken when these settings are as they should be", .timeLimit(.minutes(2)))
    func taken() throws {
        let settings = ["fsync=on", "full_page_writes=on", "synchronous_commit=on"]
        let outcome = try outcome("migrate", on: try OwnPostgres(settings))
        #expect(outcome.status == 0, "\(outcome.errors)")
    }
}
