module stowage/oracle/logarithm

go 1.26.0
