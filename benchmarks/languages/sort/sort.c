/* Sort n numbers from a shared generator with a bottom-up merge sort; print a checksum of the sorted order. */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define MODULUS 2147483647
#define MULTIPLIER 48271

/* n numbers of the generator x <- 48271 x mod (2^31 - 1), started at 42. */
static void generate(int32_t *numbers, long n)
{
    int64_t x = 42;
    for (long i = 0; i < n; i++) {
        x = MULTIPLIER * x % MODULUS;
        numbers[i] = (int32_t)x;
    }
}

/* Merge the sorted runs [low, middle) and [middle, high) of source into target. */
static void merge(const int32_t *source, int32_t *target, long low, long middle, long high)
{
    long left = low, right = middle;
    for (long place = low; place < high; place++) {
        if (left < middle && (right >= high || source[left] <= source[right]))
            target[place] = source[left++];
        else
            target[place] = source[right++];
    }
}

static long lesser(long a, long b)
{
    return a < b ? a : b;
}

/* Merge runs of 1, 2, 4, ... numbers between two arrays; return the one that holds the result. */
static int32_t *sort(int32_t *source, int32_t *target, long n)
{
    for (long width = 1; width < n; width *= 2) {
        for (long low = 0; low < n; low += 2 * width)
            merge(source, target, low, lesser(low + width, n), lesser(low + 2 * width, n));
        int32_t *swap = source;
        source = target;
        target = swap;
    }
    return source;
}

int main(int argc, char **argv)
{
    long n = argc == 2 ? strtol(argv[1], NULL, 10) : 0;
    int32_t *numbers = n > 0 ? malloc(n * sizeof *numbers) : NULL;
    int32_t *scratch = n > 0 ? calloc(n, sizeof *scratch) : NULL;
    if (numbers == NULL || scratch == NULL) {
        fprintf(stderr, "usage: sort N (N >= 1, and memory for it)\n");
        return 2;
    }
    generate(numbers, n);
    const int32_t *sorted = sort(numbers, scratch, n);
    int64_t checksum = 0;
    for (long i = 0; i < n; i++)
        checksum = (checksum * 31 + sorted[i]) % MODULUS;
    printf("n=%ld first=%d middle=%d last=%d checksum=%lld\n", n, (int)sorted[0], (int)sorted[n / 2],
           (int)sorted[n - 1], (long long)checksum);
    free(numbers);
    free(scratch);
    return 0;
}
