package io.gds.database.core.internal.probe;

import io.gds.database.plan.Params;
import io.gds.database.run.WriteReport;
import io.gds.database.spi.WriteProbe;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Computes a report from ledgers and proves it against the table. */
final class ProbeReport {
    private static final int GAPS_KEPT = 50;
    private static final int LAG_KEPT = 600;

    private final List<LedgerReader.Session> sessions;
    private final ProbeTerms terms;

    ProbeReport(List<LedgerReader.Session> sessions, ProbeTerms terms) {
        this.sessions = List.copyOf(sessions);
        this.terms = terms;
    }

    /** Compares what was acknowledged with what is there. */
    WriteReport prove(IntFunction<WriteProbe> clients) {
        long lost = 0;
        long doubled = 0;
        for (LedgerReader.Session s : sessions) {
            for (Map.Entry<Integer, Integer> e : s.highest.entrySet()) {
                try (WriteProbe probe = clients.apply(e.getKey())) {
                    Map<Long, Integer> present = probe.present(1, e.getValue());
                    BitSet acked = s.acknowledged.getOrDefault(e.getKey(), new BitSet());
                    lost += acked.stream()
                            .filter(seq -> !present.containsKey((long) seq))
                            .count();
                    doubled += present.values().stream().filter(n -> n > 1).count();
                }
            }
        }
        return new WriteReport(
                sessions.stream()
                        .mapToLong(LedgerReader.Session::acknowledgedCount)
                        .sum(),
                sessions.stream().mapToLong(s -> s.failed).sum(),
                sessions.stream().mapToLong(s -> s.unknown).sum(),
                lost,
                doubled,
                sessions.stream()
                        .flatMap(s -> s.gaps.stream())
                        .map(g -> micros(g.micros()))
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO),
                unobserved(),
                terms.interval(),
                terms.clients());
    }

    private Duration unobserved() {
        long sum = 0;
        for (int i = 1; i < sessions.size(); i++) {
            sum += Math.max(0, sessions.get(i).opened - sessions.get(i - 1).last);
        }
        return micros(sum);
    }

    /** The journal's form: the report, the longest gaps and samples of lag. */
    Params document(WriteReport proven) {
        List<Params> gaps = sessions.stream()
                .flatMap(s -> s.gaps.stream())
                .filter(g -> g.micros() > terms.interval().toNanos() / 1000 * 3)
                .sorted(Comparator.comparingLong(LedgerReader.Gap::micros).reversed())
                .limit(GAPS_KEPT)
                .map(g -> Params.of("at", at(g.startMicros()), "ms", g.micros() / 1000))
                .toList();
        List<LedgerReader.LagSample> samples =
                sessions.stream().flatMap(s -> s.lag.stream()).toList();
        int every = samples.size() / LAG_KEPT + 1;
        List<Params> lag = java.util.stream.IntStream.range(0, samples.size())
                .filter(i -> i % every == 0)
                .mapToObj(samples::get)
                .map(l -> Params.of("at", at(l.micros()), "member", l.member(), "amount", l.amount())
                        .with("unit", l.unit()))
                .toList();
        return Params.of("report", proven.document(), "gaps", gaps, "lag", lag);
    }

    private static String at(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }

    private static Duration micros(long n) {
        return Duration.of(n, ChronoUnit.MICROS);
    }
}
