# What sshd runs for each command and subsystem: hands it to the test, with its input, and gives back what comes from there.
# bridge.pl <port>. A frame is a letter, the length in four bytes, and so many bytes.
use strict;
use warnings;
use IO::Socket::INET;
use IO::Select;

my $test = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $ARGV[0], Proto => 'tcp') or exit 255;

sub put {
    my ($to, $bytes) = @_;
    my $at = 0;
    while ($at < length $bytes) {
        my $written = syswrite $to, $bytes, length($bytes) - $at, $at;
        exit 255 unless defined $written;
        $at += $written;
    }
}

sub tell_test {
    my ($letter, $bytes) = @_;
    put($test, $letter . pack('N', length $bytes) . $bytes);
}

tell_test('c', $ENV{SSH_ORIGINAL_COMMAND} // '');
my $watched = IO::Select->new($test, \*STDIN);
my $pending = '';
while (1) {
    for my $ready ($watched->can_read) {
        if ($ready != $test) {
            my $read = sysread STDIN, my $bytes, 65536;
            if ($read) { tell_test('i', $bytes) } else { $watched->remove(\*STDIN); tell_test('z', '') }
            next;
        }
        sysread($test, $pending, 65536, length $pending) or exit 255;
        while (length $pending >= 5) {
            my ($letter, $length) = unpack 'aN', $pending;
            last if length $pending < 5 + $length;
            my $bytes = substr $pending, 5, $length;
            $pending = substr $pending, 5 + $length;
            if ($letter eq 'o') { put(\*STDOUT, $bytes) }
            elsif ($letter eq 'e') { put(\*STDERR, $bytes) }
            elsif ($letter eq 'x') { exit(unpack('N', $bytes) & 255) }
            else { kill 'KILL', getppid; exit 255 } # the host is gone, and sshd with it
        }
    }
}
