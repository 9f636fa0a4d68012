package io.gds.samples.mongo;

import java.nio.file.Path;
import java.util.Optional;

/** Another place to have {@code mongod} from, asked by {@link MongodBinaries#find} when there is no other; found by {@code ServiceLoader}. */
public interface MongodSource {
    /** A directory with VERSION/bin/mongod; empty when this source has nothing to offer here. */
    Optional<Path> home();
}
