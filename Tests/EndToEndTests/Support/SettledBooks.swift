import Foundation
import JSON
import Testing

/// What the provider says of itself, and whether books agree with all of it.
extension ServedBooks {
    /// Until the provider has told all it will.
    func waitUntilProviderRests() throws {
        let key = try sandboxKey()
        for _ in 0..<300 {
            let activity = try Curl.json(sandboxURL + "/v1/activity", key: key)
            if activity["jobs"]?.integer == 0, activity["callbacks"]?.integer == 0 { return }
            usleep(200_000)
        }
        Issue.record("the provider does not come to rest")
    }

    /// How many effects the provider has recorded of itself.
    func providerEffects() throws -> Int {
        try Curl.json(sandboxURL + "/v1/effects?after=0&limit=1000", key: try sandboxKey())["data"]?.array?.count ?? 0
    }

    func settlement() throws -> Data {
        let key = try sandboxKey()
        let closed = try Curl.post(sandboxURL + "/v1/files/close_day", key: key, "{}")
        let date = try #require(closed["date"]?.string, "\(closed.text)")
        return try Curl.bytes("\(sandboxURL)/v1/files/settlement?date=\(date)", key: key)
    }

    func openBreaks(_ keys: Keys) throws -> [JSONValue] {
        let page = try Curl.json(url + "/v1/breaks?state=open&limit=200", key: keys.operators)
        return try #require(page["items"]?.array, "\(page.text)")
    }

    /// No break is open, nothing is in suspense, and the books balance.
    func expectSettled(_ keys: Keys) throws {
        #expect(try openBreaks(keys).map(\.text) == [])
        let balance = try Curl.json(url + "/v1/trial_balance", key: keys.operators)
        #expect(balance["ok"]?.bool == true, "\(balance.text)")
        let accounts = try #require(balance["accounts"]?.array)
        for account in accounts where account["path"]?.string?.hasPrefix("suspense:") == true {
            #expect(account["posted"]?.text == "0" || account["posted"]?.string == "0", "\(account.text)")
        }
    }
}
