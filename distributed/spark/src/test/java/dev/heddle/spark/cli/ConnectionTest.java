package dev.heddle.spark.cli;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.cli.spec.UsageException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionTest {
  @ParameterizedTest
  @CsvSource({
    "sprak:7, use spark://HOST:PORT",
    "spark://localhost, 'localhost' is no HOST:PORT",
    "spark://localhost:99999999999, no Spark master answers",
    "spark://localhost:1, localhost:1 (",
    "spark://nowhere.invalid:7077, no such host",
    "'spark://localhost:1,localhost:2', localhost:2 (",
  })
  void aMasterThatIsNotThereIsSaidAtOnce(String master, String words) {
    UsageException refused = assertThrows(UsageException.class, () -> Connection.open(master));
    assertTrue(refused.getMessage().contains(words), refused.getMessage());
  }
}
