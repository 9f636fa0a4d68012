package io.gds.database.testkit;

import io.gds.database.Database;
import io.gds.database.DatabaseMetadata;
import io.gds.database.OperationResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The one database of the fake, {@code app}, which holds nothing and is always there. */
record FakeDatabase(String name) implements Database {
    @Override
    public boolean exists() {
        return name.equals("app");
    }

    @Override
    public OperationResult create() {
        return nothing("create");
    }

    @Override
    public OperationResult drop() {
        return nothing("drop");
    }

    @Override
    public OperationResult backup(Path directory) {
        return nothing("backup");
    }

    @Override
    public OperationResult restore(Path directory) {
        return nothing("restore");
    }

    private static OperationResult nothing(String operation) {
        return new OperationResult(operation, false, "the fake holds no data", Duration.ZERO);
    }

    @Override
    public DatabaseMetadata metadata() {
        return new Facts(name);
    }

    private record Facts(String name) implements DatabaseMetadata {
        @Override
        public OptionalLong sizeBytes() {
            return OptionalLong.of(0);
        }

        @Override
        public String owner() {
            return "fake";
        }

        @Override
        public Optional<Instant> createdAt() {
            return Optional.empty();
        }

        @Override
        public String collation() {
            return "C";
        }

        @Override
        public Map<String, String> attributes() {
            return Map.of();
        }
    }
}
