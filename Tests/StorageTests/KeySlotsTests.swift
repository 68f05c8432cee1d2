import SummaTestKit
import Testing

@testable import Storage

@Suite("The slots of keys")
struct KeySlotsTests {
    @Test("are those a dictionary would have, whatever came and went", arguments: SeededGenerator.seeds(20))
    func agreesWithDictionary(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var slots = KeySlots()
        var dictionary: [Int64: Int32] = [:]
        var keys: [Int64] = []
        // Few hashes for many keys, so that probes run into each other and parts of hashes are the same.
        func hash(_ key: Int64) -> UInt64 { UInt64(key % 7) &* 3 }
        for _ in 1...500 {
            let key = Int64(random.next() % 60)
            let isSame = { (slot: Int32) in keys[Int(slot)] == key }
            #expect(slots.find(hash(key), isSame: isSame) == dictionary[key])
            if dictionary[key] != nil, random.next() % 2 == 0 {
                #expect(slots.remove(hash(key), isSame: isSame) == dictionary.removeValue(forKey: key))
            } else if dictionary[key] == nil {
                #expect(slots.remove(hash(key), isSame: isSame) == nil)
                slots.insert(hash(key), Int32(keys.count))
                dictionary[key] = Int32(keys.count)
                keys.append(key)
            }
            #expect(slots.count == dictionary.count)
        }
    }

    @Test("are found by hashes that keys the database takes for one share")
    func hashesSameKeysAlike() {
        #expect(Int64(5).tableHash == Int64(5).tableHash)
        #expect("a".tableHash == "a".tableHash)
        let hashes = Set((Int64(0)..<1_000).map { PairKey(Int64(7), $0).tableHash })
        #expect(hashes.count == 1_000, "rows that share the first column of their key do not share a hash")
    }
}
