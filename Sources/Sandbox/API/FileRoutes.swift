import Hummingbird
import JSON

/// The daily files.
extension SandboxRoutes {
    func addFiles(to group: RouterGroup<Context>) {
        group.post("/files/close_day", use: closeDay)
        group.get("/files/settlement") { request, _ in
            let (day, isFaithful) = try request.fileChoice()
            let closed = try await database.perform { try ClosedDayStore.find(day, in: $0) }
            return try Response.csv(isFaithful ? closed?.faithfulSettlement : closed?.settlement)
        }
        group.get("/files/bank") { request, _ in
            let (day, isFaithful) = try request.fileChoice()
            let closed = try await database.perform { try ClosedDayStore.find(bankDate: day, in: $0) }
            return try Response.csv(isFaithful ? closed?.faithfulBank : closed?.bank)
        }
        group.get("/files/planted") { request, _ in
            let (day, _) = try request.fileChoice()
            guard let closed = try await database.perform({ try ClosedDayStore.find(day, in: $0) }) else {
                throw SandboxProblem.notFound
            }
            return Response.json(closed.planted)
        }
    }

    @Sendable private func closeDay(_ request: Request, _ context: Context) async throws -> Response {
        var body = try RequestBody(await request.bytes())
        let date = try body.optionalText("date")
        let faults = try body.optionalInteger("faults")
        try body.finish()
        let day = try date.map { text throws(SandboxProblem) in
            guard let day = BusinessDay(text: text) else { throw .invalidField("date", "date must be YYYY-MM-DD") }
            return day
        }
        let command = CloseDay(day: day, faultsSeed: faults.map(UInt64.init(bitPattern:)))
        let closed = try await database.perform { try command.run(in: $0) }
        // Written after the commit: if the process stops here, closing the day again writes them.
        if let filesDirectory { try FileDrop(directory: filesDirectory).write(closed) }
        return Response.json(closed.summary)
    }
}

extension ClosedDay {
    fileprivate var summary: String {
        var json = JSONWriter()
        json.beginObject()
        json.field("date", day.description)
        json.field("bank_date", bankDate.description)
        json.endObject()
        return json.takeText()
    }
}
