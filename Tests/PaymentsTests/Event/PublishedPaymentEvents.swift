/// What stands in `data` behind the context of each type's example, for ever.
enum PublishedPaymentEvents {
    static let all: [(type: String, data: String)] = [
        (
            "summa.payments.answer.lost",
            #""operations":[{"id":"opr_34y9r7bw1h004","state":"in_doubt"}]"#
        ),
        (
            "summa.payments.capture.requested",
            #""payment":{"moved":{"captures_in_flight":1500}},"operations":[{"id":"opr_34y9r7bw1h004","#
                + #""kind":"capture","origin":"request","amount":1500,"currency":"EUR","exponent":2,"final":true}],"#
                + #""idempotency":{"key":"3B9n8r2Dks6bZWNMjCARpJK0kw0WDojVPaddQg8a+UQ=","#
                + #""fingerprint":"cHdKyEfPEX75yB8RaoxRj/S+2ANU7GaF/nOmhOnQB8c="}"#
        ),
        (
            "summa.payments.charge.initiated",
            #""merchant":"acme","provider_account":"sandbox","payment_method":"pm_approve","#
                + #""capture":"automatic","reference":"order-1007","amount":1999,"currency":"EUR","exponent":2,"#
                + #""terms":{"fee_basis_points":120,"fee":10,"rounding":"half_even","fee_on_refund":"proportional","#
                + #""chargeback_liability":"merchant","passes_dispute_fee":true,"late_success":"accept"},"#
                + #""description":"3brPtX6JjcteUycF/ttqup9mYF31CzeQg8v/13/B3Sg=","#
                + #""idempotency":{"key":"3B9n8r2Dks6bZWNMjCARpJK0kw0WDojVPaddQg8a+UQ=","#
                + #""fingerprint":"cHdKyEfPEX75yB8RaoxRj/S+2ANU7GaF/nOmhOnQB8c="},"#
                + #""ledger":[{"id":"ltx_34y9r7bw1h002","phase":"pending","reason":"authorization","#
                + #""booked":"2026-03-31","hold":"mirror","postings":[{"account":"provider:sandbox:receivable:EUR","#
                + #""debit":1999,"item":"pay_34y9r7bw1h001"},{"account":"merchant:acme:payable:EUR","#
                + #""credit":1999}]}]"#
        ),
        (
            "summa.payments.commands.submitted",
            #""operations":[{"payment":"pay_34y9r7bw1h001"},{"payment":"pay_34y9r7bw1h001","#
                + #""operation":"opr_34y9r7bw1h004"}]"#
        ),
        (
            "summa.payments.doubt.lasted",
            #""operation":"opr_2000000000000""#
        ),
        (
            "summa.payments.fact.orphaned",
            #""provider_account":"sandbox","fact":{"kind":"captured","origin":"notification","amount":1999,"#
                + #""currency":"EUR","exponent":2,"payment_reference":"auth_17","movement_reference":"cap_19","#
                + #""occurred_at":"2026-03-31T08:22:43.000000Z"},"work_items":[{"id":"wrk_34y9r7bw1h008","#
                + #""kind":"orphan_notification","subject":"orf_34y9r7bw1h007","next_action":"find_payment"}]"#
        ),
        (
            "summa.payments.orphan.adopted",
            #""payment":"pay_34y9r7bw1h001""#
        ),
        (
            "summa.payments.outcome.questioned",
            #""fact":{"kind":"declined","origin":"notification","failure":{"reason":"insufficient_funds","#
                + #""code":"51"},"payment_reference":"auth_17","movement_reference":"cap_19","#
                + #""occurred_at":"2026-03-31T08:22:43.000000Z"},"look_ups":["opr_34y9r7bw1h001"]"#
        ),
        (
            "summa.payments.outcome.recorded",
            #""fact":{"kind":"captured","origin":"notification","amount":1500,"currency":"EUR","exponent":2,"#
                + #""payment_reference":"auth_17","movement_reference":"cap_19","#
                + #""occurred_at":"2026-03-31T08:22:43.000000Z"},"payment":{"authorization":"used","#
                + #""moved":{"captured":1500,"captures_in_flight":-1500}},"operations":[{"id":"opr_34y9r7bw1h004","#
                + #""state":"succeeded","provider_reference":"cap_19"}],"ledger":[{"id":"ltx_34y9r7bw1h006","#
                + #""phase":"hold_posted","reason":"capture","parent":"ltx_34y9r7bw1h002","booked":"2026-03-31","#
                + #""occurred_at":"2026-03-31T08:22:43.000000Z","#
                + #""postings":[{"account":"provider:sandbox:receivable:EUR","debit":1500,"#
                + #""item":"pay_34y9r7bw1h001"},{"account":"merchant:acme:payable:EUR","credit":1500}]}]"#
        ),
        (
            "summa.payments.outcome.unbookable",
            #""fact":{"kind":"refunded","origin":"notification","amount":0,"currency":"EUR","exponent":2,"#
                + #""payment_reference":"auth_17","movement_reference":"cap_19","#
                + #""occurred_at":"2026-03-31T08:22:43.000000Z"},"why":"amount_not_positive","#
                + #""work_items":[{"id":"wrk_34y9r7bw1h008","kind":"unbookable_fact","subject":"pay_34y9r7bw1h001","#
                + #""next_action":"compare_with_provider"}]"#
        ),
        (
            "summa.payments.payment.recovered",
            #""merchant":"acme","provider_account":"sandbox","provider_reference":"auth_17","#
                + #""payment_method":"pm_approve","capture":"automatic","amount":1999,"currency":"EUR","exponent":2,"#
                + #""terms":{"fee_basis_points":120,"fee":10,"rounding":"half_even","fee_on_refund":"proportional","#
                + #""chargeback_liability":"merchant","passes_dispute_fee":true,"late_success":"accept"},"#
                + #""ledger":[{"id":"ltx_34y9r7bw1h002","phase":"pending","reason":"authorization","#
                + #""booked":"2026-03-31","hold":"mirror","postings":[{"account":"provider:sandbox:receivable:EUR","#
                + #""debit":1999,"item":"pay_34y9r7bw1h001"},{"account":"merchant:acme:payable:EUR","#
                + #""credit":1999}]}]"#
        ),
        (
            "summa.payments.refund.requested",
            #""payment":{"moved":{"refunds_in_flight":500}},"operations":[{"id":"opr_34y9r7bw1h004","#
                + #""kind":"refund","origin":"request","amount":500,"currency":"EUR","exponent":2}],"#
                + #""idempotency":{"key":"3B9n8r2Dks6bZWNMjCARpJK0kw0WDojVPaddQg8a+UQ=","#
                + #""fingerprint":"cHdKyEfPEX75yB8RaoxRj/S+2ANU7GaF/nOmhOnQB8c="},"#
                + #""ledger":[{"id":"ltx_34y9r7bw1h005","phase":"pending","reason":"refund","booked":"2026-03-31","#
                + #""hold":"reservation","postings":[{"account":"merchant:acme:payable:EUR","debit":500},"#
                + #"{"account":"provider:sandbox:receivable:EUR","credit":500,"item":"pay_34y9r7bw1h001"}]}]"#
        ),
        (
            "summa.payments.request.rejected",
            #""kind":"refund","code":"exceeds_refundable","requested":{"amount":2000,"currency":"EUR","#
                + #""exponent":2},"limit":{"amount":1999,"currency":"EUR","exponent":2},"#
                + #""idempotency":{"key":"3B9n8r2Dks6bZWNMjCARpJK0kw0WDojVPaddQg8a+UQ=","#
                + #""fingerprint":"cHdKyEfPEX75yB8RaoxRj/S+2ANU7GaF/nOmhOnQB8c="}"#
        ),
        (
            "summa.payments.settlement.recorded",
            #""payment":{"moved":{"settled":1500}}"#
        ),
        (
            "summa.payments.void.requested",
            #""operations":[{"id":"opr_34y9r7bw1h004","kind":"void","origin":"request","amount":1999,"#
                + #""currency":"EUR","exponent":2}],"#
                + #""idempotency":{"key":"3B9n8r2Dks6bZWNMjCARpJK0kw0WDojVPaddQg8a+UQ=","#
                + #""fingerprint":"cHdKyEfPEX75yB8RaoxRj/S+2ANU7GaF/nOmhOnQB8c="}"#
        ),
    ]
}
