package io.gds.samples.benchmarks.patroni;

import io.gds.testbed.Bed;
import io.gds.testbed.BedNode;
import io.gds.testbed.BedSql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An ordinary Ansible playbook: playbook.yml. */
record Playbook() implements Patch {
    /** Installs Ansible if it is not there. */
    static void prepare(Path details) throws IOException, InterruptedException {
        Program.run(List.of("bash", Program.unpack("ansible.sh", details).toString()), Map.of(), details);
    }

    @Override
    public double run(Bed bed, Path details) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Path inventory = Program.directory(details).resolve("hosts.ini");
        BedNode leader = bed.sql().leader();
        List<BedNode> order = new ArrayList<>(bed.sql().replicas());
        order.add(leader);
        StringBuilder text = new StringBuilder("[members]\n");
        order.forEach(m -> text.append(m.name())
                .append(" ansible_host=")
                .append(m.address())
                .append('\n'));
        text.append("[members:vars]\nansible_user=").append(bed.sshUser());
        text.append("\nansible_ssh_private_key_file=").append(bed.sshKey());
        text.append("\nansible_ssh_common_args=-o UserKnownHostsFile=").append(bed.knownHosts());
        text.append("\nansible_python_interpreter=/usr/bin/python3");
        text.append("\npassword=").append(BedSql.SUPERUSER_PASSWORD);
        text.append("\npackages=").append(HandMade.packages(bed)).append('\n');
        Files.writeString(inventory, text);
        Program.run(
                List.of(
                        "ansible-playbook",
                        "-i",
                        inventory.toString(),
                        Program.unpack("playbook.yml", details).toString()),
                Map.of("ANSIBLE_NOCOLOR", "1"),
                details);
        return Patch.secondsSince(began);
    }
}
