package io.gds.testbed;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * Gives a test class a bed:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final PatroniTestbed TESTBED = PatroniTestbed.of(BedOptions.of(Edition.BOOKWORM));
 * }</pre>
 *
 * Classes of one test run that ask for equal options share one bed; it is taken down when other options are asked for, and at
 * the end. Where no bed can run, the class is skipped with the reason, unless the environment says {@code GDS_TESTBED=required}:
 * then it fails.
 */
public final class PatroniTestbed implements BeforeAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(PatroniTestbed.class);
    private static final AtomicBoolean SAID = new AtomicBoolean();

    private final BedOptions options;
    private @Nullable Bed bed;

    private PatroniTestbed(BedOptions options) {
        this.options = options;
    }

    public static PatroniTestbed of(BedOptions options) {
        return new PatroniTestbed(options);
    }

    /** The bed, as whatever tests came before left it; {@link Bed#reset} makes it fresh. */
    public Bed bed() {
        Bed b = bed;
        if (b == null) {
            throw new IllegalStateException("no bed yet: PatroniTestbed must be a static @RegisterExtension field");
        }
        return b;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Shared shared = context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Shared.class, k -> new Shared(), Shared.class);
        try {
            bed = orSkip(System.getenv("GDS_TESTBED"), () -> shared.bed(options));
        } catch (TestAbortedException e) {
            // Once for this JVM; JUnit's report says it for each class.
            if (SAID.compareAndSet(false, true)) {
                System.out.println(e.getMessage());
            }
            throw e;
        }
    }

    /** Turns "cannot run here" into a skipped test, or into a failed one where the bed is required. */
    static <T> T orSkip(@Nullable String mode, Supplier<T> start) {
        try {
            return start.get();
        } catch (TestbedUnavailableException e) {
            String line = "SKIP: patroni testbed: " + e.getMessage();
            if ("required".equals(mode)) {
                throw new AssertionError("GDS_TESTBED=required, but: " + line, e);
            }
            throw new TestAbortedException(line, e);
        }
    }

    /** One bed at a time, kept in the root store, which JUnit closes at the end of the run. */
    private static final class Shared implements AutoCloseable {
        private @Nullable Bed bed;

        synchronized Bed bed(BedOptions options) {
            Bed current = bed;
            if (current != null && !current.options().equals(options)) {
                close();
                current = null;
            }
            if (current == null) {
                current = Bed.start(options);
                bed = current;
            }
            return current;
        }

        @Override
        public synchronized void close() {
            Bed current = bed;
            bed = null;
            if (current != null) {
                current.close();
            }
        }
    }
}
