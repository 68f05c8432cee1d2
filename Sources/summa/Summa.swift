import ArgumentParser

@main
struct Summa: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "summa",
        abstract: "Payments with books that always balance, and a history anyone can check.",
        subcommands: [
            InitCommand.self, ServeCommand.self, DemoCommand.self, SandboxCommand.self, VerifyCommand.self,
            MigrateCommand.self, BackupCommand.self, RestoreCommand.self, EpochCommand.self,
            LogCommand.self, ReconcileCommand.self, RecoverCommand.self, KeysCommand.self, PaymentCommand.self,
            WorkCommand.self,
            BenchCommand.self, SimulateCommand.self,
        ])
}
