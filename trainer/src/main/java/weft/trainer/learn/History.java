package weft.trainer.learn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which versions of a model stay: the newest 64, each epoch's end and what is or was deployed, within a number of
/// bytes.
///
/// Where these are too many bytes, the oldest go that were never deployed, then the oldest that were; what serves by
/// its number and the newest stay always.
public final class History {
    /// As many as a scorer keeps in memory.
    public static final int NEWEST = 64;

    private final long mostBytes;
    private final Map<String, Version> byKey = new LinkedHashMap<>();

    /// One version that is there.
    ///
    /// @param key under which it is found
    /// @param epochEnd whether an epoch ended with it
    public record Version(String key, long number, int bytes, boolean epochEnd) {}

    /// An empty one.
    public History(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /// There is a version, new or with another mark than before.
    public void add(Version version) {
        byKey.put(version.key(), version);
    }

    /// Lets go of what need not stay.
    ///
    /// @param pinned versions that serve by their number
    /// @param deployed those that were deployed at some time
    /// @return the keys of what went
    public List<String> prune(Set<Long> pinned, Set<Long> deployed) {
        List<Version> newestFirst = byKey.values().stream()
                .sorted(Comparator.comparingLong(Version::number).reversed())
                .toList();
        Set<String> stays = new HashSet<>();
        for (int i = 0; i < newestFirst.size(); i++) {
            Version version = newestFirst.get(i);
            if (i < NEWEST
                    || version.epochEnd()
                    || pinned.contains(version.number())
                    || deployed.contains(version.number())) {
                stays.add(version.key());
            }
        }
        List<Version> mayGo = newestFirst.stream()
                .skip(1)
                .filter(version -> stays.contains(version.key()) && !pinned.contains(version.number()))
                .sorted(Comparator.<Version, Boolean>comparing(version -> deployed.contains(version.number()))
                        .thenComparingLong(Version::number))
                .toList();
        long bytes = newestFirst.stream()
                .filter(version -> stays.contains(version.key()))
                .mapToLong(Version::bytes)
                .sum();
        for (Version version : mayGo) {
            if (bytes <= mostBytes) {
                break;
            }
            stays.remove(version.key());
            bytes -= version.bytes();
        }
        List<String> gone = new ArrayList<>(byKey.keySet());
        gone.removeAll(stays);
        byKey.keySet().retainAll(stays);
        return gone;
    }

    /// Whether there is a version of this number.
    public boolean holds(long number) {
        return byKey.values().stream().anyMatch(version -> version.number() == number);
    }

    /// How many versions there are.
    public int size() {
        return byKey.size();
    }
}
