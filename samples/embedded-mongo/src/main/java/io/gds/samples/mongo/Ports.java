package io.gds.samples.mongo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds ports that nobody uses. */
final class Ports {
    // Below the range from which the kernel takes the ports of outgoing connections.
    private static final int FIRST = 20_000;
    private static final int MANY = 12_000;

    private Ports() {}

    /** One for each member, by the member's name. */
    static Map<String, Integer> free(int members) {
        SecureRandom random = new SecureRandom();
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (int tries = 0; ports.size() < members && tries < 500; tries++) {
            int candidate = FIRST + random.nextInt(MANY);
            if (!ports.containsValue(candidate) && isFree(candidate)) {
                ports.put("m" + (ports.size() + 1), candidate);
            }
        }
        if (ports.size() < members) {
            throw new ReplicaSetException("no free port among 500 tried from " + FIRST);
        }
        return ports;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException inUse) {
            return false;
        }
    }
}
