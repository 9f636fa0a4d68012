package io.gds.samples.quickstart;

import java.nio.file.Path;

/** A running cluster of real servers and how an application writes to it: what differs between engines. Closing removes it. */
interface SampleCluster extends AutoCloseable {
    /** Writes its cluster spec. */
    void writeSpec(Path file);

    /** Makes what the application writes to. */
    void createLoad();

    /** One client of the application; fails like its driver does. */
    Client connect();

    /** How many records the application finds. */
    long count();

    /** What the product calls its records. */
    String records();

    @Override
    void close();

    /** A connection of the application. */
    interface Client extends AutoCloseable {
        /** Returns when the write is acknowledged. */
        void insert(int client, long n);

        @Override
        void close();
    }
}
