/// What stands in `data` behind the context of each type's example, for ever.
enum PublishedReconciliationEvents {
    static let all: [(type: String, data: String)] = [
        (
            "summa.reconciliation.adjustment.approved",
            #","ledger":[{"id":"ltx_34y9r7bw1h00v","phase":"posted","reason":"rounding","#
                + #""booked":"2026-03-31","postings":[{"account":"rounding:EUR","debit":1},"#
                + #"{"account":"provider:sandbox:receivable:EUR","credit":1,"item":"pay_34y9r7bw1h001"}]}]"#
        ),
        (
            "summa.reconciliation.adjustment.proposed",
            #","break":"brk_34y9r7bw1h00r","kind":"rounding","amount":1,"currency":"EUR","exponent":2"#
        ),
        (
            "summa.reconciliation.adjustment.rejected",
            #""#
        ),
        (
            "summa.reconciliation.break.opened",
            #","class":"amount_differs","source":"settlement","owner":"sandbox","#
                + #""statement":"stm_34y9r7bw1h00n","line":"lin_34y9r7bw1h00q","movement":{"kind":"charge","#
                + #""subject":"opr_34y9r7bw1h004"},"payment":"pay_34y9r7bw1h001","#
                + #""provider_reference":"cap_19","remittance":"rem_34y9r7bw1h00p","expected":{"fee":53,"#
                + #""amount":1999,"currency":"EUR","exponent":2},"found":{"fee":53,"amount":1998,"#
                + #""currency":"EUR","exponent":2},"difference":1,"due":"2026-03-31","#
                + #""work_items":[{"id":"wrk_34y9r7bw1h00s","kind":"break","subject":"brk_34y9r7bw1h00r","#
                + #""amount":1,"currency":"EUR","exponent":2,"next_action":"propose_adjustment"}]"#
        ),
        (
            "summa.reconciliation.break.resolved",
            #","resolution":"later_line""#
        ),
        (
            "summa.reconciliation.line.booked",
            #","statement":"stm_34y9r7bw1h00n","number":1,"kind":"charge","#
                + #""provider_reference":"cap_19","provider_payment":"auth_17","#
                + #""reference":"cmd_34y9r7bw1h001","occurred_at":"2026-03-31T08:22:43.000000Z","#
                + #""booked":"2026-03-31","amount":1998,"currency":"EUR","exponent":2,"fee":53,"#
                + #""remittance":"rem_34y9r7bw1h00p","payment":"pay_34y9r7bw1h001","#
                + #""break_class":"amount_differs","ledger":[{"id":"ltx_34y9r7bw1h00r","phase":"posted","#
                + #""reason":"settlement","booked":"2026-03-31","#
                + #""postings":[{"account":"provider:sandbox:in_transit:EUR","debit":1945,"#
                + #""item":"rem_34y9r7bw1h00p"},{"account":"fees:provider:sandbox:EUR","debit":53},"#
                + #"{"account":"provider:sandbox:receivable:EUR","credit":1998,"#
                + #""item":"pay_34y9r7bw1h001"}]}]"#
        ),
        (
            "summa.reconciliation.receipt.told",
            #","line":"lin_34y9r7bw1h00q""#
        ),
        (
            "summa.reconciliation.statement.imported",
            #""#
        ),
        (
            "summa.reconciliation.statement.received",
            #","source":"settlement","owner":"sandbox","format":"sandbox_settlement","#
                + #""sha256":"0707070707070707070707070707070707070707070707070707070707070707","#
                + #""reference":"stl_20260331","date":"2026-03-31","#
                + #""covers_until":"2026-03-31T08:22:43.000000Z","line_count":1,"#
                + #""remittances":[{"id":"rem_34y9r7bw1h00p","reference":"rem_20260331_EUR","bank":"main","#
                + #""due":"2026-04-03","line_count":1,"gross":1998,"fee":53,"amount":1945,"currency":"EUR","#
                + #""exponent":2}]"#
        ),
        (
            "summa.reconciliation.terms.set",
            #","bank":"main","fee_basis_points":140,"fee_fixed":"0.25","fee_rounding":"half_up","#
                + #""cut_off_second":86400,"rounding_tolerance":1,"arrival_days":3,"patience_days":30"#
        ),
    ]
}
