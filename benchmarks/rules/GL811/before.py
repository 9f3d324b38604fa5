"""GL811: texts whose words are counted anew for each query. The size is the number of queries."""

import sys

from sklearn.feature_extraction.text import TfidfVectorizer

TEXTS = [" ".join(f"word{number * step % 991}" for step in range(60)) for number in range(300)]


def main(size: int) -> None:
    found = 0
    vectorizer = TfidfVectorizer()
    for number in range(size):
        table = vectorizer.fit_transform(TEXTS)
        scores = table @ vectorizer.transform([f"word{number} word{number + 1}"]).T
        found += int(scores.toarray().argmax())
    print(found)


main(int(sys.argv[1]))
